//! The example of the documentation, on real files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use cm_runtime::{context_manager, with};

#[context_manager(yields = &mut File)]
fn atomic_write(path: &Path) -> io::Result<()> {
    let tmp = path.with_extension("tmp");
    let mut file = File::create(&tmp)?;
    let outcome = yield_!(&mut file);
    if outcome.is_success() {
        file.sync_all()?;
        fs::rename(&tmp, path)?;
    } else {
        fs::remove_file(&tmp)?;
    }
    Ok(())
}

#[test]
fn atomic_write_keeps_all_or_nothing() -> io::Result<()> {
    fn write(path: &Path, text: &str) -> io::Result<()> {
        with! { atomic_write(path)? as file => {
            file.write_all(text.as_bytes())?;
            if text.len() > 5 {
                Err(io::Error::other("too long"))?;
            }
        } }
        Ok(())
    }
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("a.txt");
    write(&path, "hello")?;
    assert_eq!(fs::read_to_string(&path)?, "hello");
    assert_eq!(
        write(&path, "hello, world").unwrap_err().to_string(),
        "too long"
    );
    assert_eq!(fs::read_to_string(&path)?, "hello");
    assert!(!path.with_extension("tmp").exists());
    let missing = dir.path().join("no").join("a.txt");
    assert_eq!(
        write(&missing, "").unwrap_err().kind(),
        io::ErrorKind::NotFound
    );
    Ok(())
}
