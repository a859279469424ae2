//! The bound of `#[within]` on a function that returns nothing.

use crate::__private::never::Never;

/// What a function that returns nothing can end with under `#[within]`: nothing, or what a manager
/// that suppresses makes of that. Not a `Result`, whose error would be lost.
///
/// ```
/// use cm_runtime::bounds::WithoutValue;
///
/// fn can_end_with<T: WithoutValue>(_: T) {}
/// can_end_with(());
/// can_end_with(Some(()));
/// ```
#[diagnostic::on_unimplemented(
    message = "this function returns nothing, and within this manager it would end with `{Self}`",
    label = "within this the function ends with `{Self}`",
    note = "if the manager can fail, put a `?` after it, and let the function return a `Result`"
)]
pub trait WithoutValue: Sized {
    #[doc(hidden)]
    #[inline]
    fn end(self) {}
}

#[diagnostic::do_not_recommend]
impl WithoutValue for () {}
#[diagnostic::do_not_recommend]
impl WithoutValue for Never {}
#[diagnostic::do_not_recommend]
impl<T: WithoutValue> WithoutValue for Option<T> {}
