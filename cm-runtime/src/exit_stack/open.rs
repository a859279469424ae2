//! `Open`: what a block binds whose manager is a stack.

use core::ops::{Deref, DerefMut};

/// A stack while its block runs: what `with! { ExitStack::new() as stack => .. }` binds.
///
/// It derefs to the stack. (A `&mut ExitStack` would not do: it is a manager itself, whose `enter`
/// would hide the stack's where [`ContextManager`](crate::ContextManager) is in scope.)
///
/// ```
/// use cm_runtime::{ExitStack, with};
/// let kept = with! { ExitStack::new() as mut stack => {
///     stack.callback(|| ());
///     stack.pop_all()
/// } };
/// assert_eq!(kept.unwrap().len(), 1);
/// ```
#[derive(Debug)]
pub struct Open<'a, S> {
    pub(super) stack: &'a mut S,
}

impl<S> Deref for Open<'_, S> {
    type Target = S;

    #[inline]
    fn deref(&self) -> &S {
        self.stack
    }
}

impl<S> DerefMut for Open<'_, S> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.stack
    }
}
