//! The bound on the closure that rolls a transaction back.

use crate::__private::never::Never;

/// What rolling back returns in [`transaction`](crate::contextlib::transaction) and
/// [`atransaction`](crate::contextlib::atransaction), where committing returns `V`: the same, or nothing.
///
/// ```
/// use std::io;
/// use cm_runtime::bounds::RolledBack;
///
/// fn transaction<V, W: RolledBack<V>>(_: fn() -> V, _: fn() -> W) {}
/// transaction(|| Ok::<_, io::Error>(()), || Err(io::ErrorKind::Other.into()));
/// transaction(|| Ok::<_, io::Error>(()), || ());
/// ```
#[diagnostic::on_unimplemented(
    message = "committing returns `{V}`, and rolling back `{Self}`",
    label = "rolling back returns what committing does, or `()`",
    note = "an error of another type is converted: `|tx| tx.rollback().map_err(Error::from)`"
)]
pub trait RolledBack<V> {
    #[doc(hidden)]
    fn committed(self) -> V;
}

#[diagnostic::do_not_recommend]
impl<V> RolledBack<V> for V {
    #[inline]
    fn committed(self) -> V {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<E> RolledBack<Result<(), E>> for () {
    #[inline]
    fn committed(self) -> Result<(), E> {
        Ok(())
    }
}

/// For a closure that is not written yet: `|_| todo!()`.
#[diagnostic::do_not_recommend]
impl<E> RolledBack<Result<(), E>> for Never {
    fn committed(self) -> Result<(), E> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl RolledBack<()> for Never {
    fn committed(self) {
        self
    }
}
