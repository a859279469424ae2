//! The cases, by their names.

use std::fs::File;
use std::io::{self, Write as _};
use std::mem::ManuallyDrop;
use std::os::fd::AsFd as _;
use std::process::Command;

use cm_runtime::contextlib::{capture_stderr, capture_stdout, redirect_stdout};
use cm_runtime::{ContextManager, with};

pub(crate) fn run(args: &[String]) -> io::Result<()> {
    match args[0].as_str() {
        "file" => to_a_file(&args[1]),
        "buffer" => to_a_buffer(),
        "nested" => nested(),
        "meanwhile" => written_meanwhile(),
        "partial" => partial_lines(),
        "full" => {
            to_a_full_disk();
            Ok(())
        }
        "failed" => {
            after_a_failure();
            Ok(())
        }
        "changed" => changed_elsewhere(&args[1]),
        other => panic!("no case {other}"),
    }
}

fn child(text: &str) -> io::Result<()> {
    Command::new("sh").args(["-c", text]).status().map(drop)
}

fn to_a_file(path: &str) -> io::Result<()> {
    let manager = redirect_stdout(File::create(path)?);
    println!("making it redirects nothing");
    with! { manager? as file => {
        println!("by println");
        child("echo by a child")?;
        file.write_all(b"by the target\n")?;
    } }
    println!("restored");
    Ok(())
}

fn to_a_buffer() -> io::Result<()> {
    let (out, err) = with! { capture_stdout()? as out, capture_stderr()? as err => {
        println!("first");
        let first = out.read()?;
        child("echo second; echo oops >&2")?;
        eprintln!("again");
        (vec![first, out.read()?, out.read()?], err.read()?)
    } };
    assert_eq!(out, ["first\n", "second\n", ""]);
    assert_eq!(err, "oops\nagain\n");
    println!("restored");
    Ok(())
}

fn nested() -> io::Result<()> {
    let mut manager = capture_stdout()?;
    for _ in 0..2 {
        with! { &mut manager? as outer => {
            println!("outer");
            let inner = with! { capture_stdout()? as inner => {
                println!("inner");
                inner.read()?
            } };
            assert_eq!(inner, "inner\n");
            println!("outer again");
            assert_eq!(outer.read()?, "outer\nouter again\n");
        } }
    }
    println!("restored");
    Ok(())
}

/// What others write while it is read is neither lost nor overwritten.
fn written_meanwhile() -> io::Result<()> {
    let lines: Vec<String> = (0..50_000).map(|n| format!("{n}\n")).collect();
    let text = with! { capture_stdout()? as captured => {
        let mut out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                lines.iter().try_for_each(|line| out.write_all(line.as_bytes()))
            });
            let mut text = String::new();
            while !writer.is_finished() {
                text += &captured.read()?;
            }
            text += &captured.read()?;
            writer.join().unwrap().map(|()| text)
        })?
    } };
    assert!(text == lines.concat(), "{} bytes", text.len());
    println!("all of it");
    Ok(())
}

fn partial_lines() -> io::Result<()> {
    print!("before ");
    let text = with! { capture_stdout()? as captured => {
        print!("inside");
        captured.read()?
    } };
    assert_eq!(text, "inside");
    println!("after");
    Ok(())
}

fn to_a_full_disk() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let block = with! { redirect_stdout(full) => { print!("for the full disk "); } };
    assert_eq!(block.unwrap_err().kind(), io::ErrorKind::StorageFull);
    println!("restored");
}

fn after_a_failure() {
    let failed: io::Result<()> = (|| {
        with! { capture_stdout()? => {
            println!("swallowed");
            Err(io::Error::other("no"))?;
        } }
        Ok(())
    })();
    println!("{}", failed.unwrap_err());
}

fn changed_elsewhere(path: &str) -> io::Result<()> {
    with! { capture_stdout()? => {
        // As C code would do it, which does not know of the redirection.
        let mut inner = ManuallyDrop::new(redirect_stdout(File::create(path)?));
        ContextManager::enter(&mut *inner)?;
    } }
    Ok(())
}
