//! Links, devices, sockets, permissions, a full disk; and files that are removed while they are open.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use cm_runtime::contextlib::{atomic_file, backed_up, temp_dir, temp_file};
use cm_runtime::{ContextManager as _, with};

/// A full disk: `BufWriter` loses the error when it is dropped, here it reaches the caller; after a
/// failed body it is reported.
#[cfg(target_os = "linux")]
#[test]
fn full_disk() -> io::Result<()> {
    let full = Path::new("/dev/full");
    let mut plain = io::BufWriter::new(File::options().write(true).open(full)?);
    plain.write_all(b"text")?;
    drop(plain);
    let error = super::files::write(full, false).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(28), "no space left on device");
    let (result, lost) = cm_runtime::lost::capture(|| super::files::write(full, true));
    assert_eq!(result.unwrap_err().to_string(), "no");
    assert_eq!(lost.len(), 1);
    Ok(())
}

/// A device that cannot be synced is written, and that is all.
#[cfg(target_os = "linux")]
#[test]
fn device_without_sync() -> io::Result<()> {
    let null = Path::new("/dev/null");
    let error = File::options().write(true).open(null)?.sync_all();
    assert!(error.is_err(), "else this shows nothing");
    super::files::write(null, false)
}

/// What is no file stays what it is, and nothing is left beside it. A link to it is not replaced either: `/dev/stdout` is
/// one.
#[test]
fn what_is_no_file_is_refused() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (inner, socket, link) = (dir.join("inner"), dir.join("socket"), dir.join("link"));
        fs::create_dir(&inner)?;
        let _listener = UnixListener::bind(&socket)?;
        symlink("socket", &link)?;
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

/// What only its owner can read is not to be read by others in the file beside it, nor behind the block.
#[test]
fn permissions() -> io::Result<()> {
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
#[test]
fn an_atomic_file_in_the_place_of_a_link() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (file, link) = (dir.join("a.txt"), dir.join("link"));
        fs::write(&file, "before")?;
        symlink("a.txt", &link)?;
        with! { atomic_file(&link)? as file => { file.write_all(b"after")?; } }
        assert_eq!(fs::read_to_string(&link)?, "after");
        assert!(!fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&file)?, "before");
    } }
    Ok(())
}

/// The block changes the file behind the link: that is put back, and the link stays one.
#[test]
fn a_backup_of_what_a_link_leads_to() -> io::Result<()> {
    with! { temp_dir("cm-")? as dir => {
        let (file, link) = (dir.join("a.txt"), dir.join("link"));
        fs::write(&file, "before")?;
        symlink("a.txt", &link)?;
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

#[test]
fn a_directory_in_the_place_of_a_temporary_file() -> io::Result<()> {
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
