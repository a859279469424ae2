//! Connections that are closed on every path, and an API that may be called so many times.
//!
//! ```console
//! $ cargo run --example network
//! ```

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use cm_runtime::contextlib::closing;
use cm_runtime::{context_manager, with};

/// An HTTP server. It keeps connections open, and tells when the client has closed one.
fn serve(listener: &TcpListener, closed: &Sender<()>) -> io::Result<()> {
    for stream in listener.incoming() {
        let mut stream = BufReader::new(stream?);
        let mut request = String::new();
        while stream.read_line(&mut request)? > 0 {
            if request.ends_with("\r\n\r\n") {
                let (status, page) = match request.split(' ').nth(1) {
                    Some("/poem") => ("200 OK", "Roses are red\nViolets are blue\n"),
                    _ => ("404 Not Found", "no such page\n"),
                };
                let headers = format!("HTTP/1.1 {status}\r\nContent-Length: {}", page.len());
                write!(stream.get_mut(), "{headers}\r\n\r\n{page}")?;
                request.clear();
            }
        }
        if closed.send(()).is_err() {
            break;
        }
    }
    Ok(())
}

fn start_server() -> io::Result<(SocketAddr, Receiver<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = listener.local_addr()?;
    let (sender, closed) = channel();
    thread::spawn(move || serve(&listener, &sender));
    Ok((server, closed))
}

/// Asks for a page; what is returned reads it.
fn get(mut connection: &TcpStream, page: &str) -> io::Result<impl BufRead> {
    write!(connection, "GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    let mut response = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && response.read_line(&mut head)? > 0 {}
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default();
    if status != "HTTP/1.1 200 OK" {
        return Err(io::Error::other(status));
    }
    let length = lines.find_map(|line| line.strip_prefix("Content-Length: "));
    let length = length.unwrap_or_default().parse();
    Ok(response.take(length.map_err(io::Error::other)?))
}

/// Row 15: `with closing(urlopen(..)) as page`. The connection is shut down when the block ends, at
/// an error of the server, at an early return, or by itself.
fn find_line(server: SocketAddr, page: &str, wanted: &str) -> io::Result<Option<usize>> {
    let connection = TcpStream::connect(server)?;
    with! { closing(connection, |stream| stream.shutdown(Shutdown::Both))? as connection => {
        for (at, line) in get(connection, page)?.lines().enumerate() {
            if line? == wanted {
                return Ok(Some(at + 1));
            }
        }
    } }
    Ok(None)
}

/// Row 30: so many calls in a period, for each key.
struct RateLimiter {
    limit: usize,
    period: Duration,
    calls: Mutex<HashMap<String, Vec<Instant>>>,
}

impl RateLimiter {
    fn new(limit: usize, period: Duration) -> Self {
        let calls = Mutex::default();
        Self {
            limit,
            period,
            calls,
        }
    }

    /// Row 30: waits until the key has a slot, and takes it for the period. A call that fails gives
    /// it back at once.
    #[context_manager]
    fn slot(&self, key: &str) {
        let taken = self.take(key);
        let outcome = yield_!();
        if !outcome.is_success() {
            with! { &self.calls as mut calls => {
                let calls = calls.entry(key.to_owned()).or_default();
                if let Some(at) = calls.iter().position(|&call| call == taken) {
                    calls.remove(at);
                }
            } }
        }
    }

    fn take(&self, key: &str) -> Instant {
        loop {
            let wait = with! { &self.calls as mut calls => {
                let now = Instant::now();
                let calls = calls.entry(key.to_owned()).or_default();
                calls.retain(|&call| now < call + self.period);
                if calls.len() < self.limit {
                    calls.push(now);
                    return now;
                }
                calls[0] + self.period - now
            } };
            thread::sleep(wait);
        }
    }

    fn taken(&self, key: &str) -> usize {
        with! { &self.calls as calls => { calls.get(key).map_or(0, Vec::len) } }
    }
}

/// Row 30: a call of the API, within the limit of its user.
fn call(api: &RateLimiter, user: &str, server: SocketAddr, page: &str) -> io::Result<bool> {
    with! { api.slot(user) => {
        let found = find_line(server, page, "Violets are blue")?;
        Ok(found.is_some())
    } }
}

/// Row 30: five calls at two in a tenth of a second take two tenths. At two an hour, three calls
/// that fail do not count, nor do those of somebody else.
fn limited(server: SocketAddr) -> io::Result<()> {
    let api = RateLimiter::new(2, Duration::from_millis(100));
    let start = Instant::now();
    for _ in 0..5 {
        call(&api, "ada", server, "/poem")?;
    }
    println!("ada: 5 calls in {} ms", start.elapsed().as_millis());

    let api = RateLimiter::new(2, Duration::from_secs(3600));
    call(&api, "ada", server, "/poem")?;
    let calls = ["/poem", "/lost", "/lost", "/lost", "/poem"];
    let failed = calls.map(|page| call(&api, "grace", server, page).is_err());
    println!("grace: failed {failed:?}");
    println!(
        "slots taken: ada {}, grace {}",
        api.taken("ada"),
        api.taken("grace")
    );
    Ok(())
}

fn main() -> io::Result<()> {
    let (server, closed) = start_server()?;
    println!("15: closed on every path");
    for (page, wanted) in [
        ("/poem", "Roses are red"),
        ("/poem", "no such line"),
        ("/lost", "Roses are red"),
    ] {
        let found = find_line(server, page, wanted).map_err(|e| e.to_string());
        let closed = closed.recv_timeout(Duration::from_secs(60)).is_ok();
        println!("{found:?}, the server sees it closed: {closed}");
    }
    println!("30: a rate limit");
    limited(server)
}
