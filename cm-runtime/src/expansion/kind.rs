//! Types that the generated code pins: of the block, of the body, of what leaves.
//!
//! A labelled block does not know its type before its first `break`. A [`Kind`] or a [`Pinned`]
//! carries the expected type to it, so that coercions work in a body as they do in a plain block.

use core::convert::Infallible;
use core::marker::PhantomData;

use crate::__private::classify::{HoldsError, IsErr, Probe, ShowsError};
use crate::__private::scope::Turn;
use crate::__private::told;
use crate::async_manager::{AsyncManager, AsyncManagerError};
use crate::manager::{Manager, ManagerError};
use crate::outcome::{Leave, Outcome, Sees};
use crate::verdict::Verdict;

/// A block under a manager with the verdict `V`, whose building fails with `B`, over a body of
/// type `T`.
pub struct Kind<V, B, T>(
    PhantomData<fn() -> V>,
    PhantomData<fn() -> B>,
    PhantomData<fn() -> T>,
);

impl<V, B, T> Clone for Kind<V, B, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, B, T> Copy for Kind<V, B, T> {}

impl<V, B, T> Kind<V, B, T> {
    fn new() -> Self {
        Self(PhantomData, PhantomData, PhantomData)
    }
}

/// The kind of the blocks under a manager.
type KindOf<M, B, T> = Kind<<M as Manager>::Exit, B, T>;

/// The kind of the blocks under an async manager.
type AsyncKindOf<M, B, T> = Kind<<M as AsyncManager>::Exit, B, T>;

impl<V: Verdict, B, T> Kind<V, B, T> {
    /// The type of the block; never called.
    pub fn block_type<N>(self, _: N) -> V::Block<T> {
        unreachable!()
    }

    /// The type of the block under a `?` in the header; never called.
    pub fn open_type<N>(self, _: N) -> V::Open<T> {
        unreachable!()
    }

    /// The type of the body, `T`; never called.
    ///
    /// It is spelled so that clippy does not see `!` for a body that diverges, and take the
    /// generated code for a mistake (`diverging_sub_expression`).
    pub fn body_type<N>(self, _: N) -> <() as Verdict>::Block<T> {
        unreachable!()
    }

    #[inline]
    pub fn value(self, value: T) -> V::Block<T> {
        V::value(value)
    }

    #[inline]
    pub fn open(self, value: T) -> V::Open<T> {
        V::open(value)
    }

    /// What exit is told of the value with which the body ended or a `return` leaves.
    #[inline]
    pub fn told_with<'a, 'e: 'a, U, K3, K4, K5>(
        self,
        value: &'a U,
        leave: Leave,
        _: K3,
        _: K4,
        _: K5,
    ) -> Outcome<'a, V::View>
    where
        Probe<U>: IsErr<K3, U> + ShowsError<K4, U> + HoldsError<K5, U>,
        <Probe<U> as IsErr<K3, U>>::Error: 'e,
        <Probe<U> as ShowsError<K4, U>>::Error: 'e,
        <Probe<U> as HoldsError<K5, U>>::Error: 'e,
        V::View: Sees<'e>,
    {
        told::with::<V, U, K3, K4, K5>(value, leave)
    }

    /// What exit is told of what a `?` was applied to.
    #[inline]
    pub fn told_question<'a, 'e: 'a, U, K3, K4, K5>(
        self,
        residual: &'a U,
        _: K3,
        _: K4,
        _: K5,
    ) -> Outcome<'a, V::View>
    where
        Probe<U>: IsErr<K3, U> + ShowsError<K4, U> + HoldsError<K5, U>,
        <Probe<U> as IsErr<K3, U>>::Error: 'e,
        <Probe<U> as ShowsError<K4, U>>::Error: 'e,
        <Probe<U> as HoldsError<K5, U>>::Error: 'e,
        V::View: Sees<'e>,
    {
        told::question::<V, U, K3, K4, K5>(residual)
    }

    /// What exit is told of a panic that was caught.
    #[cfg(feature = "std")]
    pub fn told_caught(self, payload: &(dyn core::any::Any + Send)) -> Outcome<'_, V::View> {
        told::caught(payload)
    }

    /// What exit is told of a jump.
    #[inline]
    pub fn told_jump(self, leave: Leave) -> Outcome<'static, V::View> {
        Outcome::Succeeded(leave)
    }

    /// Enter or exit failed: the error leaves.
    #[inline]
    pub fn raise(self, error: V::Error) -> V::Raise<B> {
        V::raise(error)
    }

    /// Enter failed, or exit replaced the leave.
    #[inline]
    pub fn turn(self, turn: Turn<V>) -> V::Rep<T> {
        match turn {
            Turn::Suppressed(token) => V::suppressed(token),
            Turn::Failed(error) => V::failed(error),
        }
    }

    /// Exit suppressed the failure under a `?` in the header.
    #[inline]
    pub fn open_suppressed(self, token: V::Token) -> V::OpenRep<T> {
        V::open_suppressed(token)
    }

    #[inline]
    pub fn block(self, rep: V::Rep<T>) -> V::Block<T> {
        V::block(rep)
    }

    #[inline]
    pub fn open_block(self, rep: V::OpenRep<T>) -> V::Open<T> {
        V::open_block(rep)
    }
}

/// A type that is known at one place and wanted at another.
pub struct Pinned<T>(PhantomData<fn() -> T>);

impl<T> Clone for Pinned<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pinned<T> {}

#[inline]
pub fn pinned<T>() -> Pinned<T> {
    Pinned(PhantomData)
}

impl<T> Pinned<T> {
    /// Never called.
    pub fn get(self) -> T {
        unreachable!()
    }

    #[inline]
    pub fn same(self, value: T) -> T {
        value
    }
}

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

/// How a block ends that an unlabelled `break` or `continue` can leave.
pub enum Flow<T, B, C> {
    Done(T),
    Break(B),
    Continue(C),
}
