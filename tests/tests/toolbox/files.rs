//! Files that are closed on every path, and whose errors surface.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use cm_runtime::contextlib::{atomic_file, backed_up, create_file, temp_dir, temp_file};
use cm_runtime::{ContextManager as _, lost, with};

fn write(path: &Path, fail: bool) -> io::Result<()> {
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

/// A full disk: `BufWriter` loses the error when it is dropped, here it reaches the caller; after a
/// failed body it is reported.
#[cfg(target_os = "linux")]
#[test]
fn full_disk() -> io::Result<()> {
    let full = Path::new("/dev/full");
    let mut plain = BufWriter::new(File::options().write(true).open(full)?);
    plain.write_all(b"text")?;
    drop(plain);
    let error = write(full, false).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(28), "no space left on device");
    let (result, lost) = lost::capture(|| write(full, true));
    assert_eq!(result.unwrap_err().to_string(), "no");
    assert_eq!(lost.len(), 1);
    Ok(())
}

/// What is no file stays what it is, and nothing is left beside it. A link to it is not replaced either: `/dev/stdout` is
/// one.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (inner, socket, link) = (dir.join("inner"), dir.join("socket"), dir.join("link"));
        fs::create_dir(&inner)?;
        let _listener = std::os::unix::net::UnixListener::bind(&socket)?;
        std::os::unix::fs::symlink("socket", &link)?;
        for (path, kind) in [
            (&inner, io::ErrorKind::IsADirectory),
            (&socket, io::ErrorKind::InvalidInput),
            (&link, io::ErrorKind::InvalidInput),
        ] {
            assert_eq!(atomic_file(path).enter().unwrap_err().kind(), kind);
            assert_eq!(backed_up(path).enter().unwrap_err().kind(), kind);
        }
        assert_eq!(fs::read_dir(dir)?.count(), 3);
    } }
    Ok(())
}

/// A device that cannot be synced is written, and that is all.
#[cfg(target_os = "linux")]
#[test]
fn device_without_sync() -> io::Result<()> {
    let null = Path::new("/dev/null");
    let error = File::options().write(true).open(null)?.sync_all();
    assert!(error.is_err(), "else this shows nothing");
    write(null, false)
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

/// A process that was killed left its file there, and another one with the same number comes: in a
/// container each has the number 1. Here this process has both.
#[test]
fn left_by_a_process_that_was_killed() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let path = dir.join("a.txt");
        fs::write(&path, "before")?;
        std::mem::forget({
            let mut killed = atomic_file(&path);
            killed.enter()?;
            killed
        });
        let left = fs::read_dir(dir)?.map(|entry| Ok(entry?.file_name()));
        let left: Vec<_> = left.collect::<io::Result<_>>()?;
        let left: Vec<_> = left.iter().filter_map(|name| name.to_str()?.split_once(".new-")).collect();
        let (name, number) = left[0];
        let (process, number) = number.split_once('-').unwrap();
        // Those that come next; other tests take some meanwhile.
        let number: usize = number.parse().unwrap();
        for next in number + 1..number + 1000 {
            File::create(dir.join(format!("{name}.new-{process}-{next}")))?;
            File::create(dir.join(format!("{name}.backup-{process}-{next}")))?;
        }
        with! { atomic_file(&path)? as file => { file.write_all(b"after")?; } }
        assert_eq!(fs::read_to_string(&path)?, "after");
        with! { backed_up(&path)? as path => { fs::write(path, "last")?; } }
        assert_eq!(fs::read_to_string(&path)?, "last");
    } }
    Ok(())
}

/// What only its owner can read is not to be read by others in the file beside it, nor behind the block.
#[cfg(unix)]
#[test]
fn permissions() -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    fn modes(dir: &Path) -> io::Result<Vec<u32>> {
        fs::read_dir(dir)?
            .map(|entry| Ok(entry?.metadata()?.permissions().mode() & 0o777))
            .collect()
    }
    with! { temp_dir("cm-")? as dir => {
        let path = dir.join("a.txt");
        fs::write(&path, "secret")?;
        for mode in [0o600, 0o640, 0o444] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
            with! { atomic_file(&path)? as file => {
                file.write_all(b"another")?;
                assert_eq!(modes(dir)?, [mode, mode]);
            } }
            assert_eq!(modes(dir)?, [mode]);
            with! { backed_up(&path)? => { assert_eq!(modes(dir)?, [mode, mode]); } }
        }
        let (new, plain) = (dir.join("new"), dir.join("plain"));
        with! { atomic_file(&new)? => {} }
        File::create(&plain)?;
        assert_eq!(fs::metadata(new)?.permissions(), fs::metadata(plain)?.permissions());
    } }
    Ok(())
}

/// A link is replaced as a file is: what it leads to stays as it was.
#[cfg(unix)]
#[test]
fn an_atomic_file_in_the_place_of_a_link() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (file, link) = (dir.join("a.txt"), dir.join("link"));
        fs::write(&file, "before")?;
        std::os::unix::fs::symlink("a.txt", &link)?;
        with! { atomic_file(&link)? as file => { file.write_all(b"after")?; } }
        assert_eq!(fs::read_to_string(&link)?, "after");
        assert!(!fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&file)?, "before");
    } }
    Ok(())
}

/// The block changes the file behind the link: that is put back, and the link stays one.
#[cfg(unix)]
#[test]
fn a_backup_of_what_a_link_leads_to() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (file, link) = (dir.join("a.txt"), dir.join("link"));
        fs::write(&file, "before")?;
        std::os::unix::fs::symlink("a.txt", &link)?;
        let failed = with! { backed_up(&link)? as path => {
            assert_eq!(path, link);
            fs::write(path, "half of it")?;
            Err::<(), _>("no")
        } };
        assert_eq!(failed, Err("no"));
        assert_eq!(fs::read_to_string(&file)?, "before");
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_dir(dir)?.count(), 2);
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
    let mut path = None;
    let replaced: io::Result<()> = with! { temp_file("cm-") as file => {
        let path = path.insert(file.path().to_owned());
        fs::remove_file(&*path)?;
        fs::create_dir(path)?;
    } };
    assert!(
        replaced.is_err(),
        "a directory is no file that could be removed"
    );
    fs::remove_dir(path.unwrap())
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
