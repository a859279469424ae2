//! The standard streams, redirected at the level of the file descriptor.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::FileExt as _;
use std::string::String;

use super::global::{ChangedElsewhere, Held};
use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

#[derive(Clone, Copy, Debug)]
enum Stream {
    Out,
    Err,
}

/// Redirects standard output: Python's `contextlib.redirect_stdout`, but for the whole process, so
/// that `println!`, C code and child processes are redirected as well.
///
/// The block gets the target. Only one thread at a time can be in such a block, but the output of all threads
/// is redirected. (In tests, libtest captures the output of `print!` before it gets here.)
///
/// # Errors
/// Enter and exit fail if the descriptor cannot be duplicated or the stream not be flushed; exit
/// fails with [`ChangedElsewhere`] if somebody else has redirected the stream meanwhile, and
/// restores it all the same.
///
/// ```
/// use std::fs::{self, File};
/// use cm_runtime::contextlib::redirect_stdout;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-redirect-{}", std::process::id()));
/// with! { redirect_stdout(File::create(&path)?)? => {
///     std::process::Command::new("echo").arg("into the file").status()?;
/// } }
/// assert_eq!(fs::read_to_string(&path)?, "into the file\n");
/// # fs::remove_file(path)
/// # }
/// ```
pub fn redirect_stdout<T: AsFd>(to: T) -> Redirect<T> {
    Redirect::new(Stream::Out, to)
}

/// Redirects standard error; see [`redirect_stdout`].
///
/// # Errors
/// As for [`redirect_stdout`].
///
/// ```
/// use cm_runtime::contextlib::redirect_stderr;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let null = std::fs::File::options().write(true).open("/dev/null")?;
/// with! { redirect_stderr(null)? => { eprintln!("nobody sees this"); } }
/// # Ok(())
/// # }
/// ```
pub fn redirect_stderr<T: AsFd>(to: T) -> Redirect<T> {
    Redirect::new(Stream::Err, to)
}

/// Redirects standard output to a buffer, which the block can read: see [`Captured::read`]. The buffer is an
/// unnamed temporary file, so that its size is not limited as that of a pipe is.
///
/// # Errors
/// Making it fails if that file cannot be created; else as for [`redirect_stdout`].
///
/// ```
/// use cm_runtime::contextlib::capture_stdout;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let text = with! { capture_stdout()? as captured => {
///     std::process::Command::new("echo").arg("captured").status()?;
///     captured.read()?
/// } };
/// assert_eq!(text, "captured\n");
/// # Ok(())
/// # }
/// ```
pub fn capture_stdout() -> io::Result<Redirect<Captured>> {
    Ok(redirect_stdout(Captured::new()?))
}

/// The same for standard error.
///
/// # Errors
/// As for [`capture_stdout`].
///
/// ```
/// use cm_runtime::contextlib::capture_stderr;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let text = with! { capture_stderr()? as captured => {
///     std::process::Command::new("sh").args(["-c", "echo oops >&2"]).status()?;
///     captured.read()?
/// } };
/// assert_eq!(text, "oops\n");
/// # Ok(())
/// # }
/// ```
pub fn capture_stderr() -> io::Result<Redirect<Captured>> {
    Ok(redirect_stderr(Captured::new()?))
}

/// What was written to a captured stream.
///
/// ```
/// use cm_runtime::contextlib::Captured;
/// fn lines(captured: &mut Captured) -> std::io::Result<usize> {
///     Ok(captured.read()?.lines().count())
/// }
/// ```
#[derive(Debug)]
pub struct Captured {
    file: File,
    read: u64,
}

impl Captured {
    fn new() -> io::Result<Self> {
        Ok(Self {
            file: tempfile::tempfile()?,
            read: 0,
        })
    }

    /// Returns what was written since the last call. Std's buffers are flushed first.
    ///
    /// # Errors
    /// If the streams cannot be flushed, or what was written is not UTF-8. Output that is not UTF-8 is not skipped:
    /// further calls fail as well. (Such output can be had by a [`redirect_stdout`] to a file.)
    ///
    /// ```
    /// use cm_runtime::contextlib::Captured;
    /// fn has_warnings(captured: &mut Captured) -> std::io::Result<bool> {
    ///     Ok(captured.read()?.contains("warning"))
    /// }
    /// ```
    pub fn read(&mut self) -> io::Result<String> {
        io::stdout().flush()?;
        io::stderr().flush()?;
        let mut text = String::new();
        let mut from = Position {
            file: &self.file,
            at: self.read,
        };
        from.read_to_string(&mut text)?;
        self.read = from.at;
        Ok(text)
    }
}

/// Reads a file from a position of its own. That of the file must not change, since others write there.
struct Position<'f> {
    file: &'f File,
    at: u64,
}

impl Read for Position<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl AsFd for Captured {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// The manager that [`redirect_stdout`] and its kin make; it can be used again, as `&mut manager`.
///
/// ```
/// use std::fs::File;
/// use cm_runtime::contextlib::{Redirect, redirect_stderr};
/// fn quiet(null: File) -> Redirect<File> {
///     redirect_stderr(null)
/// }
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Redirect<T> {
    stream: Stream,
    to: T,
    /// `T::as_fd`, as a function pointer: so a `T` without a file descriptor is one error, where this is made, and
    /// not one more where it is entered.
    fd: fn(&T) -> BorrowedFd<'_>,
    entered: std::vec::Vec<(OwnedFd, Held)>,
}

impl<T> core::fmt::Debug for Redirect<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Redirect").field(&self.stream).finish()
    }
}

impl<T> Unpin for Redirect<T> {}

impl<T: AsFd> Redirect<T> {
    fn new(stream: Stream, to: T) -> Self {
        Self {
            stream,
            to,
            fd: T::as_fd,
            entered: std::vec::Vec::new(),
        }
    }
}

impl Stream {
    fn flush(self) -> io::Result<()> {
        match self {
            Self::Out => io::stdout().flush(),
            Self::Err => io::stderr().flush(),
        }
    }

    fn current(self) -> io::Result<OwnedFd> {
        match self {
            Self::Out => io::stdout().as_fd().try_clone_to_owned(),
            Self::Err => io::stderr().as_fd().try_clone_to_owned(),
        }
    }

    fn set(self, to: BorrowedFd<'_>) -> io::Result<()> {
        match self {
            Self::Out => rustix::stdio::dup2_stdout(to)?,
            Self::Err => rustix::stdio::dup2_stderr(to)?,
        }
        Ok(())
    }

    /// Empties std's buffer into nothing.
    fn discard(self) -> io::Result<()> {
        let null = File::options().write(true).open("/dev/null")?;
        self.set(null.as_fd())?;
        self.flush()
    }

    /// Whether the stream is what `fd` is.
    fn is(self, fd: BorrowedFd<'_>) -> io::Result<bool> {
        let (ours, found) = (rustix::fs::fstat(fd)?, rustix::fs::fstat(self.current()?)?);
        Ok((ours.st_dev, ours.st_ino) == (found.st_dev, found.st_ino))
    }
}

impl<T> ContextManager for Redirect<T> {
    type Lends = Mut<T>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut T> {
        let held = Held::acquire();
        self.stream.flush()?;
        let before = self.stream.current()?;
        self.stream.set((self.fd)(&self.to))?;
        self.entered.push((before, held));
        Ok(&mut self.to)
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        let Some((before, _held)) = self.entered.pop() else {
            return Ok(());
        };
        let flushed = self.stream.flush();
        let is_ours = self.stream.is((self.fd)(&self.to));
        if flushed.is_err() {
            // What the target has not taken is still in std's buffer, and must not go to the restored stream.
            let _ = self.stream.discard();
        }
        self.stream.set(before.as_fd())?;
        flushed?;
        if is_ours? {
            return Ok(());
        }
        let what = match self.stream {
            Stream::Out => "standard output",
            Stream::Err => "standard error",
        };
        Err(ChangedElsewhere { what: what.into() }.into())
    }
}
