//! Temporary directories and files whose removal is reported.

use std::io;
use std::path::Path;
use std::string::{String, ToString as _};

use tempfile::NamedTempFile;

use crate::lends::{Mut, Ref};
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// A directory that is there for the length of the block: Python's `tempfile.TemporaryDirectory`.
///
/// # Errors
/// Enter fails if it cannot be created. Exit fails if it cannot be removed, an error that `Drop` has
/// no way to report. That the block has removed or renamed it is no error, as in Python.
///
/// ```
/// use cm_runtime::contextlib::temp_dir;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let path = with! { temp_dir("doc-")? as dir => {
///     std::fs::write(dir.join("a.txt"), "text")?;
///     dir.to_owned()
/// } };
/// assert!(!path.exists());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "TemporaryDirectory")]
pub fn temp_dir(prefix: &str) -> TempDir {
    TempDir {
        prefix: prefix.to_string(),
        dir: None,
    }
}

/// The manager that [`temp_dir`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{TempDir, temp_dir};
/// let manager: TempDir = temp_dir("doc-");
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct TempDir {
    prefix: String,
    dir: Option<tempfile::TempDir>,
}

impl ContextManager for TempDir {
    type Lends = Ref<Path>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&Path> {
        let dir = tempfile::Builder::new().prefix(&self.prefix).tempdir()?;
        Ok(self.dir.insert(dir).path())
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        gone(self.dir.take().map(tempfile::TempDir::close))
    }
}

/// A file with a name that is there for the length of the block: Python's
/// `tempfile.NamedTemporaryFile`.
///
/// # Errors
/// Enter fails if it cannot be created, exit if it cannot be removed. That the block has removed or renamed it is no
/// error (in Python it is).
///
/// ```
/// use std::io::Write;
/// use cm_runtime::contextlib::temp_file;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let path = with! { temp_file("doc-")? as file => {
///     writeln!(file, "text")?;
///     file.path().to_owned()
/// } };
/// assert!(!path.exists());
/// # Ok(())
/// # }
/// ```
#[doc(alias = "NamedTemporaryFile")]
pub fn temp_file(prefix: &str) -> TempFile {
    TempFile {
        prefix: prefix.to_string(),
        file: None,
    }
}

/// The manager that [`temp_file`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{TempFile, temp_file};
/// let manager: TempFile = temp_file("doc-");
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct TempFile {
    prefix: String,
    file: Option<NamedTempFile>,
}

impl ContextManager for TempFile {
    type Lends = Mut<NamedTempFile>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut NamedTempFile> {
        let file = tempfile::Builder::new().prefix(&self.prefix).tempfile()?;
        Ok(self.file.insert(file))
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        gone(self.file.take().map(NamedTempFile::close))
    }
}

/// What exit says, of what became of the removal.
fn gone(removed: Option<io::Result<()>>) -> io::Result<()> {
    match removed {
        Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Some(removed) => removed,
        None => Ok(()),
    }
}
