//! Files that are closed on every path, and whose errors surface.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use cm_runtime::contextlib::{atomic_file, backed_up, create_file, temp_dir, temp_file};
use cm_runtime::with;

pub(crate) fn write(path: &Path, fail: bool) -> io::Result<()> {
    with! { create_file(path)? as file => {
        file.write_all(b"text")?;
        if fail {
            Err(io::Error::other("no"))?;
        }
    } }
    Ok(())
}

#[test]
fn written_on_every_path() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let path = dir.join("a.txt");
        write(&path, false)?;
        assert_eq!(fs::read(&path)?, b"text");
        fs::remove_file(&path)?;
        assert_eq!(write(&path, true).unwrap_err().to_string(), "no");
        assert_eq!(fs::read(&path)?, b"text", "what was written before the failure");
    } }
    Ok(())
}

#[test]
fn missing_directory() {
    let path = Path::new("/no/such/directory/a.txt");
    let error = write(path, false).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    let atomic = with! { atomic_file(path) => {} };
    assert_eq!(atomic.unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn atomic() -> io::Result<()> {
    fn write(path: &Path, text: &str, fail: bool) -> io::Result<()> {
        with! { atomic_file(path)? as file => {
            file.write_all(text.as_bytes())?;
            if fail {
                Err(io::Error::other("no"))?;
            }
        } }
        Ok(())
    }
    with! { temp_dir("cm-")? as dir => {
        let path = dir.join("a.txt");
        write(&path, "first", false)?;
        assert!(write(&path, "second", true).is_err());
        assert_eq!(fs::read_to_string(&path)?, "first");
        let panics = std::panic::catch_unwind(|| {
            let _ = with! { atomic_file(&path) => { std::panic::resume_unwind(Box::new(())); } };
        });
        assert!(panics.is_err());
        assert_eq!(fs::read_to_string(&path)?, "first");
        assert_eq!(fs::read_dir(dir)?.count(), 1, "nothing is left beside it");
        // The target cannot be replaced: the error surfaces, and nothing is left.
        let taken = dir.join("taken");
        let block = with! { atomic_file(&taken) => { fs::create_dir_all(taken.join("inside")).unwrap() } };
        assert!(block.is_err());
        assert_eq!(fs::read_dir(dir)?.count(), 2);
    } }
    Ok(())
}

#[test]
fn backups() -> io::Result<()> {
    fn change(path: &Path, fail: bool) -> io::Result<()> {
        with! { backed_up(path)? as path => {
            fs::write(path, "after")?;
            if fail {
                fs::remove_file(path)?;
                Err(io::Error::other("no"))?;
            }
        } }
        Ok(())
    }
    with! { temp_dir("cm-")? as dir => {
        let path = dir.join("a.txt");
        fs::write(&path, "before")?;
        assert!(change(&path, true).is_err());
        assert_eq!(fs::read_to_string(&path)?, "before");
        change(&path, false)?;
        assert_eq!(fs::read_to_string(&path)?, "after");
        assert_eq!(fs::read_dir(dir)?.count(), 1);
        assert_eq!(change(&dir.join("none"), false).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(fs::read_dir(dir)?.count(), 1);
    } }
    Ok(())
}

/// Removed on every path; an error of the removal surfaces, which `Drop` cannot do.
#[test]
fn temporary() -> io::Result<()> {
    let mut left = None;
    let failed: io::Result<()> = (|| {
        with! { temp_dir("cm-")? as dir => {
            left = Some(dir.to_path_buf());
            File::create(dir.join("a.txt"))?;
            Err(io::Error::other("no"))?;
        } }
        Ok(())
    })();
    assert!(failed.is_err() && !left.unwrap().exists());
    let mut path = None;
    let replaced: io::Result<()> = with! { temp_dir("cm-") as dir => {
        fs::remove_dir(dir)?;
        fs::write(path.insert(dir.to_owned()), "in its place")?;
    } };
    assert_eq!(replaced.unwrap_err().kind(), io::ErrorKind::NotADirectory);
    fs::remove_file(path.unwrap())?;
    let path = with! { temp_file("cm-")? as file => {
        file.write_all(b"text")?;
        assert!(file.path().exists());
        file.path().to_owned()
    } };
    assert!(!path.exists());
    Ok(())
}

/// Removed at exit, and not when the manager is dropped.
#[test]
fn temporary_again() -> io::Result<()> {
    let (mut dirs, mut files) = (temp_dir("cm-"), temp_file("cm-"));
    for _ in 0..2 {
        let dir = with! { (&mut dirs)? as dir => { dir.to_owned() } };
        let file = with! { (&mut files)? as file => { file.path().to_owned() } };
        assert!(!dir.exists() && !file.exists());
    }
    Ok(())
}

/// There is nothing left to remove then.
#[test]
fn temporary_and_gone() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        with! { temp_dir("cm-")? as other => {
            fs::remove_dir(other)?;
        } }
        with! { temp_file("cm-")? as file => {
            fs::rename(file.path(), dir.join("kept.txt"))?;
        } }
        assert!(dir.join("kept.txt").exists());
    } }
    Ok(())
}
