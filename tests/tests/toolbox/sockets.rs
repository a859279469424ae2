//! A socket that is shut down.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};

use cm_runtime::contextlib::closing;
use cm_runtime::with;

/// The other side sees the end of the stream when the block ends, not when the last handle is gone.
#[test]
fn socket() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let kept = client.try_clone()?;
    let (mut server, _) = listener.accept()?;
    let shut = |stream: TcpStream| stream.shutdown(Shutdown::Write);
    with! { closing(client, shut)? as stream => { stream.write_all(b"request")?; } }
    let mut request = String::new();
    server.read_to_string(&mut request)?;
    assert_eq!(request, "request");
    drop(kept);
    Ok(())
}
