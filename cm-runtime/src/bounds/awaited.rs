//! The bound on what is awaited at the exit of managers and stacks that take async closures.

use core::future::Future;

use super::header::{Built, Nothing, Tried};

/// What the closures of [`aclosing`](crate::contextlib::aclosing) and
/// [`atransaction`](crate::contextlib::atransaction) return, and the async ones on an
/// [`AsyncExitStack`](crate::AsyncExitStack): every future is one. `K` is inferred.
///
/// ```
/// use cm_runtime::bounds::AwaitedAtExit;
///
/// fn returns<K, R: AwaitedAtExit<K, Returned = u8>>(_: impl FnOnce() -> R) {}
/// returns(async || 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "this closure returns `{Self}`, which cannot be awaited",
    label = "takes a closure that returns a future",
    note = "write an `async` closure, or one that returns an `async` block",
    note = "a closure that does not await is for `closing` or `transaction`; on a stack, for `callback_sync`, `push_sync` or `adopt_sync`"
)]
pub trait AwaitedAtExit<K>: Sized {
    /// What the future comes to.
    type Returned;
    /// The future: the type itself. (If that is no future this stays unknown, and there are no further errors.)
    type Future: Future<Output = Self::Returned>;
    #[doc(hidden)]
    fn future(self) -> Self::Future;
}

#[diagnostic::do_not_recommend]
impl<F: Future> AwaitedAtExit<Built> for F {
    type Returned = F::Output;
    type Future = F;
    #[inline]
    fn future(self) -> F {
        self
    }
}

// Never holds; see `Nothing`.
#[diagnostic::do_not_recommend]
impl<F: Future + Nothing> AwaitedAtExit<Tried> for F {
    type Returned = F::Output;
    type Future = F;
    fn future(self) -> F {
        self
    }
}
