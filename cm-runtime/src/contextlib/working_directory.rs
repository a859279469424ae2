//! `chdir`: another working directory.

use std::io;
use std::path::{Path, PathBuf};

use super::global::{ChangedElsewhere, Held};
use crate::lends::Ref;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Changes the working directory of the process, and back: Python's `contextlib.chdir`.
///
/// The block gets the directory's path. The working directory belongs to the whole process, so only one thread at
/// a time can be in such a block: see [`contextlib`](crate::contextlib#state-of-the-whole-process). Where you can
/// join paths instead, do that.
///
/// # Errors
/// Enter fails if the current directory cannot be read, or the new one not be entered. Exit fails if
/// the old one cannot be entered again, and with [`ChangedElsewhere`] if somebody else has changed
/// the working directory meanwhile; it is restored all the same. That the block has removed or renamed the directory
/// is no error, as in Python.
///
/// ```
/// use cm_runtime::contextlib::chdir;
/// use cm_runtime::with;
/// # fn main() -> std::io::Result<()> {
/// let before = std::env::current_dir()?;
/// with! { chdir(std::env::temp_dir())? as dir => { assert!(dir.is_absolute()); } }
/// assert_eq!(std::env::current_dir()?, before);
/// # Ok(())
/// # }
/// ```
pub fn chdir(path: impl AsRef<Path>) -> Chdir {
    Chdir {
        path: path.as_ref().to_path_buf(),
        entered: std::vec::Vec::new(),
    }
}

/// The manager that [`chdir`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{Chdir, chdir};
/// let manager: Chdir = chdir("/");
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Chdir {
    path: PathBuf,
    entered: std::vec::Vec<Entered>,
}

struct Entered {
    before: PathBuf,
    /// Its path when it was entered.
    inside: PathBuf,
    identity: Identity,
    _held: Held,
}

/// The working directory, by what stays the same when it is renamed or removed.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(unix)]
fn identity() -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(".")?;
    Ok((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity() -> io::Result<Identity> {
    std::env::current_dir()
}

impl core::fmt::Debug for Chdir {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Chdir").field(&self.path).finish()
    }
}

impl ContextManager for Chdir {
    type Lends = Ref<Path>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&Path> {
        let held = Held::acquire();
        let before = std::env::current_dir()?;
        std::env::set_current_dir(&self.path)?;
        let found = std::env::current_dir().and_then(|inside| Ok((inside, identity()?)));
        let (inside, identity) = match found {
            Ok(found) => found,
            Err(error) => {
                std::env::set_current_dir(before)?;
                return Err(error);
            }
        };
        self.entered.push(Entered {
            before,
            inside,
            identity,
            _held: held,
        });
        Ok(self
            .entered
            .last()
            .map_or(&self.path, |entered| &entered.inside))
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        let Some(entered) = self.entered.pop() else {
            return Ok(());
        };
        // What cannot be read, as after a `chmod`, is not known to be another one.
        let is_other = identity().is_ok_and(|found| found != entered.identity);
        std::env::set_current_dir(&entered.before)?;
        if is_other {
            let what = "the working directory".into();
            return Err(ChangedElsewhere { what }.into());
        }
        Ok(())
    }
}
