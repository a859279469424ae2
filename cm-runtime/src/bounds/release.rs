//! The bound on the closures that release a value.

use core::fmt;

use crate::__private::never::Never;
use crate::outcome::Shown;
use crate::verdict::Verdict;

/// What the closures of [`guard`](crate::contextlib::guard), [`closing`](crate::contextlib::closing) and their
/// kin return: `()`, or a `Result<(), E>`.
///
/// ```
/// use cm_runtime::bounds::Release;
///
/// fn releases<V: Release>(_: impl FnOnce(u8) -> V) {}
/// releases(drop);
/// releases(|n| std::fs::remove_file(n.to_string()));
/// ```
#[diagnostic::on_unimplemented(
    message = "this closure returns `{Self}`",
    label = "takes a closure that returns `()` or a `Result<(), E>`",
    note = "a value that is not needed is dropped by a `;`, and in a `Result` by `.map(drop)`",
    note = "what suppresses is a manager of its own, as `suppress` is, or one that implements `ContextManager`; an `async` closure is for `aclosing` or `atransaction`"
)]
pub trait Release {
    /// The verdict of the manager. (If the closure returns something else this stays unknown, and there are no further
    /// errors.)
    type Verdict: Verdict<View = Shown>;
    #[doc(hidden)]
    fn verdict(self) -> Self::Verdict;
}

#[diagnostic::do_not_recommend]
impl Release for () {
    type Verdict = ();
    #[inline]
    fn verdict(self) {}
}

#[diagnostic::do_not_recommend]
impl<E: fmt::Debug> Release for Result<(), E> {
    type Verdict = Self;
    #[inline]
    fn verdict(self) -> Self {
        self
    }
}

/// For a closure that is not written yet: `|_| todo!()`.
#[diagnostic::do_not_recommend]
impl Release for Never {
    type Verdict = ();
    fn verdict(self) {
        self
    }
}
