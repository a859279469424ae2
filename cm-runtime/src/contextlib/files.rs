//! Files whose errors reach the caller.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{self, Path, PathBuf};

use crate::lends::{Mut, Ref};
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Creates or truncates a file, and lends a buffered writer to it: Python's `open(path, "w")`.
///
/// When the block ends, in whatever way, the buffer is written; after a success the file is also synced to the
/// disk. Errors of both reach the caller, while a `BufWriter` that is dropped loses them.
///
/// # Errors
/// Enter fails if the file cannot be created, exit if it cannot be written or synced.
///
/// ```
/// use std::io::Write;
/// use cm_runtime::contextlib::create_file;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-create-{}", std::process::id()));
/// with! { create_file(&path)? as file => { writeln!(file, "on disk")?; } }
/// # std::fs::remove_file(path)
/// # }
/// ```
pub fn create_file(path: impl AsRef<Path>) -> CreateFile {
    CreateFile {
        path: path.as_ref().to_path_buf(),
        file: None,
    }
}

/// The manager that [`create_file`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{CreateFile, create_file};
/// let manager: CreateFile = create_file("report.txt");
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct CreateFile {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl ContextManager for CreateFile {
    type Lends = Mut<BufWriter<File>>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut BufWriter<File>> {
        let file = File::create(&self.path)?;
        Ok(self.file.insert(BufWriter::new(file)))
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
        let Some(file) = self.file.take() else {
            return Ok(());
        };
        let file = flushed(file)?;
        if outcome.is_success() {
            synced(&file)
        } else {
            Ok(())
        }
    }
}

/// Flushes, once: what could not be written is not written again when the writer is dropped.
fn flushed(file: BufWriter<File>) -> io::Result<File> {
    file.into_inner().map_err(|failed| {
        let (error, file) = failed.into_parts();
        drop(file.into_parts());
        error
    })
}

/// Syncs what can be synced: a device such as `/dev/null` cannot, and need not be.
fn synced(file: &File) -> io::Result<()> {
    if file.metadata()?.is_file() {
        file.sync_all()
    } else {
        Ok(())
    }
}

/// Writes a file that is there whole or not at all: the block writes a temporary file beside it, which
/// takes its place after a success, and is removed after a failure.
///
/// It has the permissions of the file that it replaces, if there is one. Where the path is a symbolic link, the
/// link is replaced, and not the file behind it.
///
/// # Errors
/// Enter fails if the temporary file cannot be created, and if there is something at the path, or where a link leads to,
/// that is no file: a directory, or a device such as `/dev/null`. Exit fails if the temporary file cannot be written,
/// synced, renamed or removed.
///
/// ```
/// use std::io::Write;
/// use cm_runtime::contextlib::atomic_file;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-atomic-{}", std::process::id()));
/// with! { atomic_file(&path)? as file => { writeln!(file, "all of it")?; } }
/// # assert_eq!(std::fs::read_to_string(&path)?, "all of it\n");
/// # std::fs::remove_file(path)
/// # }
/// ```
pub fn atomic_file(path: impl AsRef<Path>) -> AtomicFile {
    AtomicFile {
        path: path.as_ref().to_path_buf(),
        begun: None,
    }
}

/// The manager that [`atomic_file`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{AtomicFile, atomic_file};
/// let manager: AtomicFile = atomic_file("settings.toml");
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct AtomicFile {
    path: PathBuf,
    begun: Option<Begun>,
}

#[derive(Debug)]
struct Begun {
    /// Where the file is to be, also if the block changes the working directory.
    place: PathBuf,
    /// Where it is until then.
    beside: PathBuf,
    file: BufWriter<File>,
}

impl ContextManager for AtomicFile {
    type Lends = Mut<BufWriter<File>>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut BufWriter<File>> {
        let place = path::absolute(&self.path)?;
        refuse_others(&place)?;
        let (beside, file) = create_beside(&place, "new")?;
        let begun = self.begun.insert(Begun {
            place,
            beside,
            file: BufWriter::new(file),
        });
        Ok(&mut begun.file)
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
        let Some(Begun {
            place,
            beside,
            file,
        }) = self.begun.take()
        else {
            return Ok(());
        };
        if !outcome.is_success() {
            // Unlike a drop of the writer, this does not write what is buffered.
            drop(file.into_parts());
            return fs::remove_file(&beside);
        }
        flushed(file)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&beside, &place))
            .inspect_err(|_| drop(fs::remove_file(&beside)))
    }
}

/// Keeps a copy of a file beside it while the block changes it; after a failure the copy takes its
/// place again, after a success it is removed.
///
/// The block gets the path of the file. If that is a symbolic link, the file behind it is kept and put back.
///
/// # Errors
/// Enter fails if the file cannot be copied, or is none: a directory, or a device. Exit fails if the copy cannot be put
/// back or removed.
///
/// ```
/// use std::fs;
/// use cm_runtime::contextlib::backed_up;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-backup-{}", std::process::id()));
/// fs::write(&path, "before")?;
/// let failed = with! { backed_up(&path)? as path => {
///     fs::write(path, "half of it")?;
///     Err::<(), _>("interrupted")
/// } };
/// assert_eq!(failed, Err("interrupted"));
/// assert_eq!(fs::read_to_string(&path)?, "before");
/// # fs::remove_file(path)
/// # }
/// ```
pub fn backed_up(path: impl AsRef<Path>) -> BackedUp {
    BackedUp {
        path: path.as_ref().to_path_buf(),
        backup: None,
    }
}

/// The manager that [`backed_up`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{BackedUp, backed_up};
/// let manager: BackedUp = backed_up("settings.toml");
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct BackedUp {
    path: PathBuf,
    backup: Option<Backup>,
}

#[derive(Debug)]
struct Backup {
    copy: PathBuf,
    /// The path without symbolic links. Else the copy would replace a link, and not the file behind it.
    file: PathBuf,
}

impl ContextManager for BackedUp {
    type Lends = Ref<Path>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&Path> {
        let file = fs::canonicalize(&self.path)?;
        refuse_others(&file)?;
        let mut from = File::open(&file)?;
        let (copy, mut to) = create_beside(&file, "backup")?;
        let copied = io::copy(&mut from, &mut to)
            // Again, after the write: that may have cleared the setuid and setgid bits.
            .and_then(|_| to.set_permissions(from.metadata()?.permissions()))
            .and_then(|()| to.sync_all());
        copied.inspect_err(|_| drop(fs::remove_file(&copy)))?;
        self.backup = Some(Backup { copy, file });
        Ok(&self.path)
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> io::Result<()> {
        let Some(Backup { copy, file }) = self.backup.take() else {
            return Ok(());
        };
        if outcome.is_success() {
            fs::remove_file(copy)
        } else {
            fs::rename(copy, file)
        }
    }
}

/// Refuses what is at `path` and is no file: a device or a pipe would be replaced by a file, and to read it could take for
/// ever.
fn refuse_others(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            std::format!("{} is not a regular file", path.display()),
        )),
        _ => Ok(()),
    }
}

/// Creates a file beside `path`, with the permissions of the one at `path`, if there is one.
fn create_beside(path: &Path, what: &str) -> io::Result<(PathBuf, File)> {
    use core::sync::atomic::{AtomicUsize, Ordering};
    static LAST: AtomicUsize = AtomicUsize::new(0);
    let found = fs::metadata(path).ok().filter(fs::Metadata::is_file);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if found.is_some() {
        // Private until it has the permissions of the file at `path`, which may be private as well.
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    loop {
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
        name.push(std::format!(".{what}-{}-{number}", std::process::id()));
        let beside = path.with_file_name(name);
        let file = match options.open(&beside) {
            Ok(file) => file,
            // Left by a process that was killed and had the same id: in containers ids repeat.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        if let Some(found) = found {
            file.set_permissions(found.permissions())
                .inspect_err(|_| drop(fs::remove_file(&beside)))?;
        }
        return Ok((beside, file));
    }
}
