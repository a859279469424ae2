//! What goes on beside the program: cleanup in a thread, and child processes.
//!
//! ```console
//! $ cargo run --example background
//! ```

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, Scope};

use cm_runtime::{context_manager, with};

/// Row 35: a directory for scratch files, which another thread removes once it may: the block does
/// not wait for that. The scope does, so that the removal cannot be cut off by the program's end.
#[context_manager(yields = &Path)]
fn scratch<'scope>(scope: &'scope Scope<'scope, '_>, may_go: Receiver<()>) -> io::Result<()> {
    let dir = tempfile::tempdir()?;
    yield_!(dir.path());
    scope.spawn(move || {
        let _ = may_go.recv(); // until the other end is dropped
        let path = dir.path().to_owned();
        let removed = dir.close();
        println!("cleanup ends: {removed:?}, exists {}", path.exists());
    });
    Ok(())
}

/// Row 35: the block is over, and the directory still there; then the cleanup goes on, and ends.
fn deferred() -> io::Result<()> {
    thread::scope(|scope| {
        let (let_go, may_go) = channel();
        let path = with! { scratch(scope, may_go)? as dir => {
            std::fs::write(dir.join("scratch.txt"), "some text")?;
            dir.to_owned()
        } };
        println!("block returns: exists {}", path.exists());
        drop(let_go);
        Ok(())
    })
}

#[cfg(unix)]
mod processes {
    use std::io::{self, Read, Write};
    use std::process::{Child, Command, Stdio};

    use cm_runtime::{context_manager, with};
    use rustix::process::{Pid, test_kill_process};

    /// Row 41: `with Popen(command) as child`. The child ends with its block: after a success it is
    /// waited for, and a bad exit status is an error; after a failure it is killed. (Python waits
    /// then, too, for as long as the child likes.)
    #[context_manager(yields = &mut Child)]
    fn child(command: &mut Command) -> io::Result<()> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let outcome = yield_!(&mut child);
        if !outcome.is_success() {
            child.kill()?;
            child.wait()?;
            return Ok(());
        }
        match child.wait()? {
            status if status.success() => Ok(()),
            status => Err(io::Error::other(status.to_string())),
        }
    }

    fn is_alive(id: u32) -> bool {
        let id = i32::try_from(id).ok().and_then(Pid::from_raw);
        id.is_some_and(|id| test_kill_process(id).is_ok())
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    /// Row 41: a child that is spoken with, one that says no, and one that would outlive the block,
    /// which fails.
    pub(super) fn children() -> io::Result<()> {
        let (answer, id) = with! { child(&mut shell("tr a-z A-Z"))? as child => {
            let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), &mut child.stdout) else {
                unreachable!("both are piped");
            };
            stdin.write_all(b"hello")?;
            drop(stdin); // so that the child sees the end of its input
            let mut answer = String::new();
            stdout.read_to_string(&mut answer)?;
            (answer, child.id())
        } };
        println!("answer {answer:?}, alive {}", is_alive(id));

        let refused = with! { child(&mut shell("exit 3")) => {} };
        println!("refused {:?}", refused.map_err(|e| e.to_string()));

        let id;
        let failed = with! { child(Command::new("sleep").arg("3600"))? as child => try {
            id = child.id();
            println!("inside alive {}", is_alive(id));
            "seconds".parse::<u32>()?
        } };
        println!(
            "failed {:?}, alive {}",
            failed.map_err(|e| e.to_string()),
            is_alive(id)
        );
        Ok(())
    }
}

fn main() -> io::Result<()> {
    println!("35: deferred cleanup");
    deferred()?;
    #[cfg(unix)]
    {
        println!("41: child processes");
        processes::children()?;
    }
    Ok(())
}
