//! Manager expressions: what is checked of them, and what is known of their blocks.

use core::convert::Infallible;

use crate::__private::kind::Kind;
use crate::async_manager::{AsyncManager, AsyncManagerError};
use crate::manager::{Manager, ManagerError};

/// The kind of the blocks under a manager.
type KindOf<M, B, T> = Kind<<M as Manager>::Exit, B, T>;

/// The kind of the blocks under an async manager.
type AsyncKindOf<M, B, T> = Kind<<M as AsyncManager>::Exit, B, T>;

/// A manager expression without a `?`.
///
/// The second impl never holds. It is there for what the compiler says of a type that is no
/// manager: with two impls to choose from, it chooses neither, and nothing that follows fails too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager",
    label = "this cannot be entered",
    note = "implement `ContextManager` for it, or enter something that is one",
    note = "if it is a `Result` of a manager, put a `?` behind it; if it is an async manager, `async` in front of it"
)]
pub trait Enter<K>: Sized {
    type Manager: Manager;
    fn manager<T>(expression: Self) -> (Self::Manager, KindOf<Self::Manager, Infallible, T>);
}

/// A manager expression with a `?`: a manager, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager, nor a `Result` of one",
    label = "this cannot be entered",
    note = "implement `ContextManager` for it, or enter something that is one"
)]
pub trait Build<K>: Sized {
    type Manager: Manager;
    type Error;
    #[allow(clippy::type_complexity, reason = "read by generated code only")]
    fn build<T>(
        expression: Self,
    ) -> Result<(Self::Manager, KindOf<Self::Manager, Self::Error, T>), Self::Error>;
}

pub struct Built;
pub struct Tried;
pub trait Nothing {}

#[diagnostic::do_not_recommend]
impl<M: Manager> Enter<Built> for M {
    type Manager = M;
    #[inline]
    fn manager<T>(expression: M) -> (M, KindOf<M, Infallible, T>) {
        (expression, Kind::new())
    }
}

#[diagnostic::do_not_recommend]
impl<M: Manager + Nothing> Enter<Tried> for M {
    type Manager = M;
    fn manager<T>(expression: M) -> (M, KindOf<M, Infallible, T>) {
        (expression, Kind::new())
    }
}

#[diagnostic::do_not_recommend]
impl<M: Manager> Build<Built> for M {
    type Manager = M;
    type Error = ManagerError<M>;
    #[inline]
    fn build<T>(expression: M) -> Result<(M, KindOf<M, ManagerError<M>, T>), ManagerError<M>> {
        Ok((expression, Kind::new()))
    }
}

#[diagnostic::do_not_recommend]
impl<M: Manager, E> Build<Tried> for Result<M, E> {
    type Manager = M;
    type Error = E;
    #[inline]
    fn build<T>(expression: Self) -> Result<(M, KindOf<M, E, T>), E> {
        expression.map(|manager| (manager, Kind::new()))
    }
}

/// An async manager expression without a `?`; as [`Enter`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager",
    label = "this cannot be entered with `async`",
    note = "if it is a manager that does not await, take the `async` away",
    note = "if it is a future or a `Result` of a manager, put an `.await` or a `?` behind it",
    note = "else implement `AsyncContextManager` for it, or enter something that is one"
)]
pub trait EnterAsync<K>: Sized {
    type Manager: AsyncManager;
    fn manager<T>(expression: Self) -> (Self::Manager, AsyncKindOf<Self::Manager, Infallible, T>);
}

/// An async manager expression with a `?`: a manager, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async context manager, nor a `Result` of one",
    label = "this cannot be entered with `async`",
    note = "if it is a manager that does not await, take the `async` away",
    note = "else implement `AsyncContextManager` for it, or enter something that is one"
)]
pub trait BuildAsync<K>: Sized {
    type Manager: AsyncManager;
    type Error;
    #[allow(clippy::type_complexity, reason = "read by generated code only")]
    fn build<T>(
        expression: Self,
    ) -> Result<(Self::Manager, AsyncKindOf<Self::Manager, Self::Error, T>), Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<M: AsyncManager> EnterAsync<Built> for M {
    type Manager = M;
    #[inline]
    fn manager<T>(expression: M) -> (M, AsyncKindOf<M, Infallible, T>) {
        (expression, Kind::new())
    }
}

#[diagnostic::do_not_recommend]
impl<M: AsyncManager + Nothing> EnterAsync<Tried> for M {
    type Manager = M;
    fn manager<T>(expression: M) -> (M, AsyncKindOf<M, Infallible, T>) {
        (expression, Kind::new())
    }
}

#[diagnostic::do_not_recommend]
impl<M: AsyncManager> BuildAsync<Built> for M {
    type Manager = M;
    type Error = AsyncManagerError<M>;
    #[inline]
    fn build<T>(
        expression: M,
    ) -> Result<(M, AsyncKindOf<M, AsyncManagerError<M>, T>), AsyncManagerError<M>> {
        Ok((expression, Kind::new()))
    }
}

#[diagnostic::do_not_recommend]
impl<M: AsyncManager, E> BuildAsync<Tried> for Result<M, E> {
    type Manager = M;
    type Error = E;
    #[inline]
    fn build<T>(expression: Self) -> Result<(M, AsyncKindOf<M, E, T>), E> {
        expression.map(|manager| (manager, Kind::new()))
    }
}
