//! What an `.await` in a body asks of what it is applied to.

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
    note = "{Self} must be a future or must implement `IntoFuture` to be awaited"
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
