//! A child process that is waited for or killed.

use std::io;
use std::process::{Child, Command, Stdio};

use cm_runtime::contextlib::guard;
use cm_runtime::{Outcome, with};

/// After a success it is waited for, and its status counts; after a failure it is killed.
fn ended(mut child: Child, outcome: Outcome<'_>) -> io::Result<()> {
    if !outcome.is_success() {
        child.kill()?;
        child.wait()?;
        return Ok(());
    }
    let status = child.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(status.to_string()))
    }
}

#[test]
fn child_process() -> io::Result<()> {
    fn run(script: &str, fail: bool) -> io::Result<u32> {
        let child = Command::new("sh")
            .args(["-c", script])
            .stdin(Stdio::null())
            .spawn()?;
        Ok(with! { guard(child, ended)? as child => {
            if fail {
                Err(io::Error::other("no"))?;
            }
            child.id()
        } })
    }
    run("exit 0", false)?;
    assert!(run("exit 3", false).unwrap_err().to_string().contains('3'));
    let start = std::time::Instant::now();
    // Without `exec` it is a child of the shell, outlives the test, and holds its output open.
    assert_eq!(run("exec sleep 60", true).unwrap_err().to_string(), "no");
    assert!(start.elapsed().as_secs() < 30, "it was killed");
    Ok(())
}
