//! `finishing`: for what must not look complete after a failure.

use alloc::sync::Arc;
use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use std::io::{self, Seek, SeekFrom, Write};

use super::once::Once;
use crate::bounds::Release;
use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Finishes an encoder when the block succeeds, and cuts its output off when it does not.
///
/// Encoders write a terminator at their end, many also when they are dropped: then an archive whose writing
/// failed half-way looks complete. Here the encoder writes through a [`Severable`]. After a failure that is
/// severed first, and then the encoder is dropped: what was written before stays, but without a terminator, so
/// that readers see that it is incomplete.
///
/// # Panics
/// When it is entered a second time, as `&mut manager`: the encoder is gone.
///
/// ```
/// use std::io::{self, Write};
/// use cm_runtime::contextlib::{Severable, finishing};
/// use cm_runtime::with;
///
/// /// Writes an end mark when it is finished, and when it is dropped.
/// struct Marked<W: Write>(W);
/// # impl<W: Write> Marked<W> {
/// #     fn finish(mut self) -> io::Result<()> { self.0.flush() }
/// # }
/// impl<W: Write> Drop for Marked<W> {
///     fn drop(&mut self) {
///         let _ = self.0.write_all(b"END");
///     }
/// }
///
/// fn write(out: &mut Vec<u8>, fail: bool) -> io::Result<()> {
///     with! { finishing(out, Marked, |marked| marked.finish())? as marked => {
///         marked.0.write_all(b"text ")?;
///         if fail {
///             return Err(io::Error::other("half-way"));
///         }
///     } }
///     Ok(())
/// }
/// let mut out = vec![];
/// write(&mut out, false).unwrap();
/// assert_eq!(out, b"text END");
/// out.clear();
/// write(&mut out, true).unwrap_err();
/// assert_eq!(out, b"text ");
/// ```
pub fn finishing<W, T, F, V>(
    writer: W,
    wrap: impl FnOnce(Severable<W>) -> T,
    finish: F,
) -> Finishing<T, F, V::Verdict>
where
    F: FnOnce(T) -> V,
    V: Release,
{
    let severed = Arc::new(AtomicBool::new(false));
    let writer = Severable {
        writer,
        severed: Arc::clone(&severed),
    };
    Finishing {
        held: Once::new(wrap(writer), finish),
        call: |finish, value| finish(value).verdict(),
        severed,
    }
}

/// The manager that [`finishing`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Finishing, Severable, finishing};
/// let manager: Finishing<Severable<Vec<u8>>, _, _> = finishing(vec![], |writer| writer, drop);
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Finishing<T, F, V> {
    held: Once<T, F>,
    /// A pointer, for the same reason as in [`Guard`](super::Guard).
    call: fn(F, T) -> V,
    severed: Arc<AtomicBool>,
}

impl<T, F, V> Unpin for Finishing<T, F, V> {}

impl<T: fmt::Debug, F, V> fmt::Debug for Finishing<T, F, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Finishing").field(&self.held).finish()
    }
}

impl<T, F, V> ContextManager for Finishing<T, F, V>
where
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    #[track_caller]
    fn enter(&mut self) -> Result<&mut T, V::Error> {
        Ok(self.held.value())
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> V {
        let (value, finish) = self.held.take();
        if outcome.is_success() {
            return (self.call)(finish, value);
        }
        self.severed.store(true, Ordering::Relaxed);
        drop(value);
        V::nothing()
    }
}

/// Writes to another writer, until it is severed: from then on it discards what is written, and
/// reports success.
///
/// ```
/// use std::io::Write;
/// use cm_runtime::contextlib::{Severable, finishing};
/// use cm_runtime::with;
/// let mut out = vec![];
/// with! { finishing(&mut out, |writer| writer, drop::<Severable<_>>) as writer => {
///     writer.write_all(b"text").unwrap();
/// } }
/// assert_eq!(out, b"text");
/// ```
#[derive(Debug)]
pub struct Severable<W> {
    writer: W,
    severed: Arc<AtomicBool>,
}

impl<W> Severable<W> {
    fn is_severed(&self) -> bool {
        self.severed.load(Ordering::Relaxed)
    }

    /// The writer.
    ///
    /// ```
    /// # use cm_runtime::contextlib::Severable;
    /// fn len(writer: &Severable<Vec<u8>>) -> usize {
    ///     writer.get_ref().len()
    /// }
    /// ```
    pub fn get_ref(&self) -> &W {
        &self.writer
    }

    /// Returns the writer.
    ///
    /// ```
    /// # use cm_runtime::contextlib::Severable;
    /// fn bytes(writer: Severable<Vec<u8>>) -> Vec<u8> {
    ///     writer.into_inner()
    /// }
    /// ```
    pub fn into_inner(self) -> W {
        self.writer
    }
}

impl<W: Write> Write for Severable<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.is_severed() {
            return Ok(buffer.len());
        }
        self.writer.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_severed() {
            return Ok(());
        }
        self.writer.flush()
    }
}

impl<W: Seek> Seek for Severable<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.writer.seek(to)
    }
}
