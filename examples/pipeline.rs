//! Fetches the readings of weather stations, stores them in `SQLite`, and writes a compressed report:
//! all of it, or nothing but a report that is visibly cut off.
//!
//! ```console
//! $ cargo run --example pipeline
//! ```
//!
//! What has to end well, from the outside to the inside:
//!
//! | manager | enters | exits |
//! |---|---|---|
//! | `temp_dir` | creates a directory | removes it |
//! | `weather_service` | starts a local server | stops it |
//! | `log_time` | | logs how long the run took, and whether it failed |
//! | `TaskGroup` | | joins the tasks, or aborts them |
//! | `&Semaphore` | waits for one of two permits | gives it back |
//! | `aclosing` | | shuts the connection down |
//! | `closing` | | closes the database |
//! | `transaction` | | commits, or rolls back |
//! | `create_file` | creates the report | writes what is buffered, syncs it |
//! | `finishing` | | ends the compression, or cuts it off |
//!
//! Around the fetching is `timeout`, a function: it drops the future, and the managers in it are told.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use cm_runtime::contextlib::{
    TaskGroup, aclosing, closing, create_file, finishing, log_time, temp_dir, timeout, transaction,
};
use cm_runtime::exit_stack::BoxError;
use cm_runtime::{context_manager, with};
use env_logger::Target;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use log::LevelFilter;
use rusqlite::{Connection, Transaction};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{AcquireError, Semaphore};
use tokio::task::{JoinSet, spawn_blocking};

#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error(transparent)]
    Connection(#[from] io::Error),
    #[error(transparent)]
    Permit(#[from] AcquireError),
    #[error("{station}: {status}")]
    Refused {
        station: &'static str,
        status: String,
    },
}

/// The stations are asked two at a time.
static PERMITS: Semaphore = Semaphore::const_new(2);

/// For how long the stations are waited for.
const LIMIT: Duration = Duration::from_secs(1);

/// Row 44: fetches, then stores; the number of readings. The storing has a thread of its own, and no
/// limit: a thread cannot be cut off.
async fn run(
    server: SocketAddr,
    stations: [&'static str; 3],
    dir: &Path,
) -> Result<usize, BoxError> {
    let (db, report) = (dir.join("weather.db"), dir.join("report.gz"));
    with! { log_time(format!("run over {stations:?}")) => {
        let pages = timeout(LIMIT, fetch_all(server, stations)).await??;
        spawn_blocking(move || store(&db, &report, &pages)).await?
    } }
}

/// The pages of all stations. When one fails, the others are aborted.
async fn fetch_all(
    server: SocketAddr,
    stations: [&'static str; 3],
) -> Result<Vec<(&'static str, String)>, BoxError> {
    let fetched = with! { async TaskGroup::new()? as tasks => {
        stations.map(|station| (station, tasks.spawn(fetch(server, station))))
    } };
    let mut pages = Vec::new();
    for (station, page) in fetched {
        pages.push((station, page.await?));
    }
    Ok(pages)
}

/// The page of one station, by HTTP.
async fn fetch(server: SocketAddr, station: &'static str) -> Result<String, FetchError> {
    let shut_down = async |mut stream: TcpStream| stream.shutdown().await;
    with! {
        async &PERMITS?,
        async aclosing(TcpStream::connect(server).await?, shut_down)? as connection,
    => {
        let request = format!("GET /{station} HTTP/1.0\r\n\r\n");
        connection.write_all(request.as_bytes()).await?;
        let mut response = String::new();
        connection.read_to_string(&mut response).await?;
        let Some(("HTTP/1.0 200 OK", page)) = response.split_once("\r\n\r\n") else {
            let status = response.lines().next().unwrap_or("no answer").to_owned();
            return Err(FetchError::Refused { station, status });
        };
        Ok(page.to_owned())
    } }
}

/// All readings, or none: a line that is no reading takes back those before it.
fn store(db: &Path, report: &Path, pages: &[(&str, String)]) -> Result<usize, BoxError> {
    let close = |db: Connection| db.close().map_err(|(_, error)| error);
    let gzip = |file| GzEncoder::new(file, Compression::default());
    let mut count = 0;
    with! {
        closing(Connection::open(db)?, close)? as db,
        transaction(db.transaction()?, Transaction::commit, Transaction::rollback)? as db,
        create_file(report)? as file,
        finishing(file, gzip, |gzip| gzip.finish().map(drop))? as report,
    => {
        let table = "CREATE TABLE IF NOT EXISTS reading (station TEXT, hour INTEGER, celsius REAL)";
        db.execute_batch(table)?;
        for (station, page) in pages {
            for line in page.lines() {
                let reading = reading(line);
                let (hour, celsius) =
                    reading.ok_or_else(|| format!("{station}: {line:?} is no reading"))?;
                let insert = "INSERT INTO reading VALUES (?1, ?2, ?3)";
                db.execute(insert, (station, hour, celsius))?;
                writeln!(report, "{station} at {hour}: {celsius:.1} °C")?;
                count += 1;
            }
        }
    } }
    Ok(count)
}

fn reading(line: &str) -> Option<(u8, f64)> {
    let (hour, celsius) = line.split_once("h ")?;
    Some((hour.parse().ok()?, celsius.parse().ok()?))
}

/// A server for this program alone. One of its stations has a broken sensor, one never answers.
#[context_manager(yields = SocketAddr)]
async fn weather_service() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(async move {
        let mut clients = JoinSet::new(); // which are aborted when it is dropped
        while let Ok((client, _)) = listener.accept().await {
            clients.spawn(answer(client));
        }
    });
    yield_!(address);
    serving.abort();
    Ok(())
}

async fn answer(client: TcpStream) -> io::Result<()> {
    let mut client = BufReader::new(client);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") && client.read_line(&mut request).await? > 0 {}
    let page = match request.split(' ').nth(1).unwrap_or_default() {
        "/graz" => "6h 11.5\n12h 19.0\n",
        "/linz" => "6h 10.0\n12h 17.5\n",
        "/wien" => "6h 12.5\n12h 21.0\n",
        "/sonnblick" => "6h -3.5\n12h frozen\n",
        "/atlantis" => return std::future::pending().await,
        _ => return client.write_all(b"HTTP/1.0 404 Not Found\r\n\r\n").await,
    };
    let response = format!("HTTP/1.0 200 OK\r\n\r\n{page}");
    client.write_all(response.as_bytes()).await
}

/// What is there after a run.
fn show(dir: &Path) -> Result<(), BoxError> {
    let db = Connection::open(dir.join("weather.db"))?;
    let rows: u32 = db.query_row("SELECT count(*) FROM reading", [], |row| row.get(0))?;
    let mut text = String::new();
    let read = GzDecoder::new(File::open(dir.join("report.gz"))?).read_to_string(&mut text);
    let lines = read.map(|_| text.lines().count()).map_err(|e| e.kind());
    println!("rows {rows}, lines of the report {lines:?}");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let mut logger = env_logger::builder();
    logger
        .filter_level(LevelFilter::Info)
        .target(Target::Stdout);
    logger.format(|out, record| writeln!(out, "{}: {}", record.level(), record.args()));
    logger.init();

    println!("44: a whole program");
    with! { temp_dir("pipeline-")? as dir, async weather_service()? as server => {
        for last in ["wien", "rungholt", "atlantis", "sonnblick"] {
            let count = run(server, ["graz", "linz", last], dir).await;
            println!("{last}: {:?}", count.map_err(|e| e.to_string()));
            show(dir)?;
        }
    } }
    Ok(())
}
