//! The bounds on the manager expressions of a header.

use core::convert::Infallible;

use crate::__private::kind::Kind;
use crate::async_manager::{AsyncManager, AsyncManagerError};
use crate::lends::Lend;
use crate::manager::{Manager, ManagerError};
use crate::verdict::Verdict;

/// The kind of the blocks under a manager.
type KindOf<M, B, T> = Kind<<M as Manager>::Exit, B, T>;

/// The same of an async manager.
type AsyncKindOf<M, B, T> = Kind<<M as AsyncManager>::Exit, B, T>;

/// A manager expression without a `?`: every [`Manager`] is one. `K` is inferred.
///
/// ```
/// use cm_runtime::bounds::Enter;
/// use std::sync::Mutex;
///
/// fn can_be_entered<K, M: Enter<K>>(_: M) {}
/// can_be_entered(&Mutex::new(1));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager",
    label = "this cannot be entered",
    note = "implement `ContextManager` for it, or enter something that is one; what its `Drop` closes, as a `File` that is read, needs no block; a lock is entered as `&mutex`, in an `Arc` as `&*mutex`; the guard of another lock, as `nullcontext(guard)`",
    note = "if it is a `Result` of a manager, put a `?` after it; if it is a future of one, an `.await`; if it is an async manager, `async` before it",
    note = "if it implements `ContextManager`, the bounds of that impl have to hold, as a `T: Debug`; and it has to be `Unpin` too, and so has what a `&mut` points to: put a generator that it holds into a `Box::pin(..)`",
    note = "in generic code ask for `M: Manager<Lends = Mut<T>, Exit = ()>`, in a box for `Pin<Box<dyn Manager<..>>>`; if it can fail with an `E`, that has to be `Debug`"
)]
pub trait Enter<K>: Sized {
    /// The manager: the type itself.
    type Manager: Manager;
    #[doc(hidden)]
    fn manager<T: ?Sized>(
        expression: Self,
        kind: KindOf<Self::Manager, Infallible, T>,
    ) -> Self::Manager;
}

/// A manager expression with a `?`: a [`Manager`], or a `Result` of one. `K` is inferred.
///
/// ```
/// use cm_runtime::bounds::TryEnter;
/// use std::sync::Mutex;
///
/// fn can_be_entered<K, M: TryEnter<K>>(_: M) {}
/// can_be_entered(&Mutex::new(1));
/// can_be_entered(Ok::<_, String>(&Mutex::new(1)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager, nor a `Result` of one",
    label = "this cannot be entered",
    note = "implement `ContextManager` for it, or enter something that is one; what its `Drop` closes, as a `File` that is read, needs no block; a lock is entered as `&mutex`, in an `Arc` as `&*mutex`; the guard of another lock, as `nullcontext(guard)`",
    note = "if it is an async manager, put `async` before it; if it is a future of a manager, an `.await` in front of the `?`",
    note = "if it implements `ContextManager`, the bounds of that impl have to hold, as a `T: Debug`; and it has to be `Unpin` too, and so has what a `&mut` points to: put a generator that it holds into a `Box::pin(..)`",
    note = "in generic code ask for `M: Manager<Lends = Mut<T>, Exit = ()>`, in a box for `Pin<Box<dyn Manager<..>>>`; if it can fail with an `E`, that has to be `Debug`"
)]
pub trait TryEnter<K>: Sized {
    /// What is entered.
    type Manager: Manager;
    /// The error of the `Result`; of a manager, that of enter and exit.
    type Error;
    #[doc(hidden)]
    fn build<T: ?Sized>(
        expression: Self,
        kind: KindOf<Self::Manager, Self::Error, T>,
    ) -> Result<Self::Manager, Self::Error>;
}

pub struct Built;
pub struct Tried;
pub struct Neither;
/// Nothing implements it, so impls with this bound never apply. They are there for the messages about a type that is no
/// manager: if there are two impls the compiler chooses neither, and then does not report what would follow from the
/// choice.
pub trait Nothing {}

// The bounds of `Lends` and `Exit` are repeated: in generic code an `M: Manager<Lends = File>` breaks them, and the
// compiler should say so here, and not of generated code.
#[diagnostic::do_not_recommend]
impl<'a, M: Manager<Lends: Lend<'a>, Exit: Verdict>> Enter<Built> for M {
    type Manager = M;
    #[inline]
    fn manager<T: ?Sized>(expression: M, _: KindOf<M, Infallible, T>) -> M {
        expression
    }
}

#[diagnostic::do_not_recommend]
impl<M: Manager + Nothing> Enter<Tried> for M {
    type Manager = M;
    fn manager<T: ?Sized>(expression: M, _: KindOf<M, Infallible, T>) -> M {
        expression
    }
}

#[diagnostic::do_not_recommend]
impl<'a, M: Manager<Lends: Lend<'a>, Exit: Verdict>> TryEnter<Built> for M {
    type Manager = M;
    type Error = ManagerError<M>;
    #[inline]
    fn build<T: ?Sized>(
        expression: M,
        _: KindOf<M, ManagerError<M>, T>,
    ) -> Result<M, ManagerError<M>> {
        Ok(expression)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, M: Manager<Lends: Lend<'a>, Exit: Verdict>, E> TryEnter<Tried> for Result<M, E> {
    type Manager = M;
    type Error = E;
    #[inline]
    fn build<T: ?Sized>(expression: Self, _: KindOf<M, E, T>) -> Self {
        expression
    }
}

// Never holds; see `Nothing`.
#[diagnostic::do_not_recommend]
impl<M: Manager + Nothing> TryEnter<Neither> for M {
    type Manager = M;
    type Error = ManagerError<M>;
    fn build<T: ?Sized>(
        expression: M,
        _: KindOf<M, ManagerError<M>, T>,
    ) -> Result<M, ManagerError<M>> {
        Ok(expression)
    }
}

/// An async manager expression without a `?`: every [`AsyncManager`] is one. `K` is inferred.
///
/// ```
/// use cm_runtime::AsyncExitStack;
/// use cm_runtime::bounds::EnterAsync;
///
/// fn can_be_entered<K, M: EnterAsync<K>>(_: M) {}
/// can_be_entered(AsyncExitStack::new());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager",
    label = "this cannot be entered with `async`",
    note = "if it is a manager that does not await, take the `async` away; a lock is entered as `&mutex`, in an `Arc` as `&*mutex`, and tokio's needs the feature `tokio`",
    note = "if it is a future or a `Result` of a manager, put an `.await` or a `?` after it",
    note = "if it is `detached` or `shielded`, that manager has to be `Send` and `'static`, and cannot suppress",
    note = "else implement `AsyncContextManager` for it, or enter something that is one; the bounds of that impl have to hold, and it has to be `Unpin` too: put a generator that it holds into a `Box::pin(..)`",
    note = "in generic code ask for `M: AsyncManager<Lends = Mut<T>, Exit = ()>`; if it can fail with an `E`, that has to be `Debug`"
)]
pub trait EnterAsync<K>: Sized {
    /// The manager: the type itself.
    type Manager: AsyncManager;
    #[doc(hidden)]
    fn manager<T: ?Sized>(
        expression: Self,
        kind: AsyncKindOf<Self::Manager, Infallible, T>,
    ) -> Self::Manager;
}

/// An async manager expression with a `?`: an [`AsyncManager`], or a `Result` of one. `K` is
/// inferred.
///
/// ```
/// use cm_runtime::AsyncExitStack;
/// use cm_runtime::bounds::TryEnterAsync;
///
/// fn can_be_entered<K, M: TryEnterAsync<K>>(_: M) {}
/// can_be_entered(AsyncExitStack::new());
/// can_be_entered(Ok::<_, String>(AsyncExitStack::new()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager, nor a `Result` of one",
    label = "this cannot be entered with `async`",
    note = "if it is a manager that does not await, take the `async` away; a lock is entered as `&mutex`, in an `Arc` as `&*mutex`, and tokio's needs the feature `tokio`; if it is a future of a manager, put an `.await` in front of the `?`",
    note = "if it is `detached` or `shielded`, that manager has to be `Send` and `'static`, and cannot suppress",
    note = "else implement `AsyncContextManager` for it, or enter something that is one; the bounds of that impl have to hold, and it has to be `Unpin` too: put a generator that it holds into a `Box::pin(..)`",
    note = "in generic code ask for `M: AsyncManager<Lends = Mut<T>, Exit = ()>`; if it can fail with an `E`, that has to be `Debug`"
)]
pub trait TryEnterAsync<K>: Sized {
    /// What is entered.
    type Manager: AsyncManager;
    /// The error of the `Result`; of a manager, that of enter and exit.
    type Error;
    #[doc(hidden)]
    fn build<T: ?Sized>(
        expression: Self,
        kind: AsyncKindOf<Self::Manager, Self::Error, T>,
    ) -> Result<Self::Manager, Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<'a, M: AsyncManager<Lends: Lend<'a>, Exit: Verdict>> EnterAsync<Built> for M {
    type Manager = M;
    #[inline]
    fn manager<T: ?Sized>(expression: M, _: AsyncKindOf<M, Infallible, T>) -> M {
        expression
    }
}

#[diagnostic::do_not_recommend]
impl<M: AsyncManager + Nothing> EnterAsync<Tried> for M {
    type Manager = M;
    fn manager<T: ?Sized>(expression: M, _: AsyncKindOf<M, Infallible, T>) -> M {
        expression
    }
}

#[diagnostic::do_not_recommend]
impl<'a, M: AsyncManager<Lends: Lend<'a>, Exit: Verdict>> TryEnterAsync<Built> for M {
    type Manager = M;
    type Error = AsyncManagerError<M>;
    #[inline]
    fn build<T: ?Sized>(
        expression: M,
        _: AsyncKindOf<M, AsyncManagerError<M>, T>,
    ) -> Result<M, AsyncManagerError<M>> {
        Ok(expression)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, M: AsyncManager<Lends: Lend<'a>, Exit: Verdict>, E> TryEnterAsync<Tried> for Result<M, E> {
    type Manager = M;
    type Error = E;
    #[inline]
    fn build<T: ?Sized>(expression: Self, _: AsyncKindOf<M, E, T>) -> Self {
        expression
    }
}

// Never holds; see `Nothing`.
#[diagnostic::do_not_recommend]
impl<M: AsyncManager + Nothing> TryEnterAsync<Neither> for M {
    type Manager = M;
    type Error = AsyncManagerError<M>;
    fn build<T: ?Sized>(
        expression: M,
        _: AsyncKindOf<M, AsyncManagerError<M>, T>,
    ) -> Result<M, AsyncManagerError<M>> {
        Ok(expression)
    }
}
