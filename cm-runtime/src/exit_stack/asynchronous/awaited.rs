//! The bound on the async closures of a stack.

use core::future::Future;

/// What an async closure on an [`AsyncExitStack`](super::AsyncExitStack) returns: any future.
///
/// ```
/// use cm_runtime::exit_stack::Awaited;
/// fn returns<R: Awaited<Returned = u8>>(_: impl FnOnce() -> R) {}
/// returns(async || 7);
/// ```
#[diagnostic::on_unimplemented(
    message = "this closure returns `{Self}`, which cannot be awaited",
    label = "takes a closure that returns a future",
    note = "write an `async` closure, or one that returns an `async` block",
    note = "closures that do not await are for `callback_sync`, `push_sync` and `adopt_sync`"
)]
pub trait Awaited: Future<Output = <Self as Awaited>::Returned> {
    /// The output of the future.
    type Returned;
}

#[diagnostic::do_not_recommend]
impl<F: Future> Awaited for F {
    type Returned = F::Output;
}
