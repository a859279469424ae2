//! Environment variables, for the length of a block.
//!
//! # Invariants
//! 1. An [`Env`] is made by an `unsafe` function only, whose caller promises that no other thread
//!    reads or writes the environment, other than by std's functions, while it is entered.
//! 2. It changes the environment only from its enter to its exit.

use std::ffi::{OsStr, OsString};

use crate::contextlib::{ChangedElsewhere, Held};
use crate::lends::Owned;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Sets an environment variable of the process, and puts its old value back.
///
/// To give a child process another environment, use
/// [`Command::env`](std::process::Command::env), which is safe.
///
/// # Safety
/// As for [`std::env::set_var`], from enter to exit: no other thread may read or write the
/// environment other than by the functions of [`std::env`](mod@std::env), as C code does (`getenv`, name
/// resolution, time zones).
///
/// # Errors
/// Exit fails with [`ChangedElsewhere`] if the variable is not what was set; it is restored all the
/// same.
///
/// # Panics
/// Enter panics as `set_var` does: if the name is empty or contains `=`, or either contains NUL.
///
/// ```
/// use cm_runtime::contextlib::set_env;
/// use cm_runtime::with;
/// // SAFETY: this program has one thread.
/// let manager = unsafe { set_env("CM_DOC_LEVEL", "debug") };
/// with! { manager => { assert_eq!(std::env::var("CM_DOC_LEVEL").unwrap(), "debug"); } }?;
/// assert!(std::env::var("CM_DOC_LEVEL").is_err());
/// # Ok::<(), cm_runtime::contextlib::ChangedElsewhere>(())
/// ```
pub unsafe fn set_env(name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Env {
    Env::new(name.as_ref(), Some(value.as_ref()))
}

/// Removes an environment variable of the process, and puts it back.
///
/// # Safety
/// As for [`set_env`].
///
/// # Errors
/// As for [`set_env`].
///
/// # Panics
/// As for [`set_env`].
///
/// ```
/// use cm_runtime::contextlib::remove_env;
/// use cm_runtime::with;
/// // SAFETY: this program has one thread.
/// let manager = unsafe { remove_env("PATH") };
/// with! { manager => { assert!(std::env::var_os("PATH").is_none()); } }?;
/// # Ok::<(), cm_runtime::contextlib::ChangedElsewhere>(())
/// ```
pub unsafe fn remove_env(name: impl AsRef<OsStr>) -> Env {
    Env::new(name.as_ref(), None)
}

/// The manager that [`set_env`] and [`remove_env`] make; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{Env, set_env};
/// // SAFETY: it is never entered.
/// let manager: Env = unsafe { set_env("NAME", "value") };
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Env {
    name: OsString,
    inside: Option<OsString>,
    entered: std::vec::Vec<(Option<OsString>, Held)>,
}

impl Env {
    fn new(name: &OsStr, inside: Option<&OsStr>) -> Self {
        Self {
            name: name.to_os_string(),
            inside: inside.map(OsStr::to_os_string),
            entered: std::vec::Vec::new(),
        }
    }
}

impl core::fmt::Debug for Env {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Env")
            .field(&self.name)
            .field(&self.inside)
            .finish()
    }
}

/// # Safety
/// Called from enter and exit of an [`Env`] only.
unsafe fn set(name: &OsStr, value: Option<&OsStr>) {
    match value {
        // SAFETY: the caller of `set_env` or `remove_env` has promised it (invariants 1 and 2).
        Some(value) => unsafe { std::env::set_var(name, value) },
        // SAFETY: the same.
        None => unsafe { std::env::remove_var(name) },
    }
}

impl ContextManager for Env {
    type Lends = Owned<()>;
    type Exit = Result<(), ChangedElsewhere>;

    fn enter(&mut self) -> Result<(), ChangedElsewhere> {
        let held = Held::acquire();
        let before = std::env::var_os(&self.name);
        // SAFETY: this is enter.
        unsafe { set(&self.name, self.inside.as_deref()) };
        // Only now: a name that `set_var` refuses is not owed an exit.
        self.entered.push((before, held));
        Ok(())
    }

    fn exit(&mut self, _: Outcome<'_>) -> Result<(), ChangedElsewhere> {
        let Some((before, _held)) = self.entered.pop() else {
            return Ok(());
        };
        let is_ours = std::env::var_os(&self.name) == self.inside;
        // SAFETY: this is exit.
        unsafe { set(&self.name, before.as_deref()) };
        if is_ours {
            return Ok(());
        }
        let what = std::format!("the environment variable {}", self.name.to_string_lossy());
        Err(ChangedElsewhere { what })
    }
}
