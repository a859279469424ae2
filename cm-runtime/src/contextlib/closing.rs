//! `closing`.

use core::fmt;

use super::once::Once;
use crate::bounds::Release;
use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Closes a value when the block ends, however it ends: Python's `contextlib.closing`.
///
/// The release function takes the value; what it returns is the verdict, so that an error of closing
/// reaches the caller.
///
/// # Panics
/// When it is entered a second time, as `&mut manager`: the value is gone.
///
/// ```
/// use std::io::{self, BufWriter, Write};
/// use cm_runtime::contextlib::closing;
/// use cm_runtime::with;
///
/// fn write(out: impl Write) -> io::Result<()> {
///     let flush = |mut out: BufWriter<_>| out.flush();
///     with! { closing(BufWriter::new(out), flush)? as out => {
///         out.write_all(b"text")?;
///     } }
///     Ok(())
/// }
/// # assert!(write(Vec::new()).is_ok());
/// # assert!(write(&mut [0; 3][..]).is_err(), "a plain `BufWriter` loses this error");
/// ```
pub fn closing<T, F, V>(value: T, release: F) -> Closing<T, F, V::Verdict>
where
    F: FnOnce(T) -> V,
    V: Release,
{
    Closing {
        held: Once::new(value, release),
        call: |release, value| release(value).verdict(),
    }
}

/// The manager that [`closing`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Closing, closing};
/// let manager: Closing<String, _, _> = closing(String::new(), drop);
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Closing<T, F, V> {
    held: Once<T, F>,
    /// A pointer, for the same reason as in [`Guard`](super::Guard).
    call: fn(F, T) -> V,
}

impl<T, F, V> Unpin for Closing<T, F, V> {}

impl<T: fmt::Debug, F, V> fmt::Debug for Closing<T, F, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Closing").field(&self.held).finish()
    }
}

impl<T, F, V> ContextManager for Closing<T, F, V>
where
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    #[inline]
    #[track_caller]
    fn enter(&mut self) -> Result<&mut T, V::Error> {
        Ok(self.held.value())
    }

    #[inline]
    fn exit(&mut self, _: Outcome<'_>) -> V {
        let (value, release) = self.held.take();
        (self.call)(release, value)
    }
}
