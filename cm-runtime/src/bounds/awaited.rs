//! The bounds on what is awaited: by an `.await` in a body, and at the exit of managers and stacks that take async
//! closures.

use core::future::{Future, IntoFuture};

use super::header::{Built, Nothing, Tried};
use crate::__private::unseen::Watch;

/// What can be awaited in a body: what implements [`IntoFuture`]. `T` is what it comes to.
///
/// ```
/// use cm_runtime::bounds::Await;
///
/// fn can_be_awaited<T>(_: impl Await<T>) {}
/// can_be_awaited(async { 1 });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a future",
    label = "`{Self}` is not a future",
    note = "{Self} must be a future or must implement `IntoFuture` to be awaited"
)]
pub trait Await<T>: Sized {
    /// What it returns is a future, whatever `Self` is: so if that is none, the compiler says so of this call, and not of the
    /// `.await` as well.
    #[doc(hidden)]
    fn under(awaited: Self, watch: &Watch) -> impl Future<Output = T>;
}

impl<T, F: IntoFuture<Output = T>> Await<T> for F {
    #[inline]
    fn under(awaited: Self, watch: &Watch) -> impl Future<Output = T> {
        watch.over(awaited.into_future())
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
