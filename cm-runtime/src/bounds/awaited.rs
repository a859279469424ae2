//! The bounds on what is awaited: by an `.await` in a body, and at the exit of managers and stacks that take async
//! closures.

use core::future::{Future, IntoFuture};

use super::header::{Built, Nothing, Tried};

/// What can be awaited in a body: what implements [`IntoFuture`]. `K` is inferred.
///
/// ```
/// use cm_runtime::bounds::Await;
///
/// fn can_be_awaited<K, F: Await<K>>(_: F) {}
/// can_be_awaited(async { 1 });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a future",
    label = "`{Self}` is not a future",
    note = "{Self} must be a future or must implement `IntoFuture` to be awaited",
    note = "if it is what `enter` of an `AsyncExitStack` returns: that is a future if its manager is `Send`, and the stack can express its verdict"
)]
pub trait Await<K>: Sized {
    /// What is polled.
    type Future: Future;
    #[doc(hidden)]
    fn future(awaited: Self) -> Self::Future;
}

#[diagnostic::do_not_recommend]
impl<F: IntoFuture> Await<Built> for F {
    type Future = F::IntoFuture;
    #[inline]
    fn future(awaited: F) -> F::IntoFuture {
        awaited.into_future()
    }
}

// Never holds; see `Nothing`.
#[diagnostic::do_not_recommend]
impl<F: IntoFuture + Nothing> Await<Tried> for F {
    type Future = F::IntoFuture;
    fn future(awaited: F) -> F::IntoFuture {
        awaited.into_future()
    }
}

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
