//! Types that the generated code pins: of the block, of the body, of what leaves.
//!
//! A labelled block does not know its type before its first `break`. A [`Kind`] or a [`Pinned`]
//! carries the expected type to it, so that coercions work in a body as they do in a plain block.

use core::marker::PhantomData;

use crate::__private::scope::Turn;
use crate::manager::{Manager, ManagerError};
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

#[inline]
pub fn kind<M: Manager, B, T>(_: &M, _: PhantomData<B>) -> Kind<M::Exit, B, T> {
    Kind(PhantomData, PhantomData, PhantomData)
}

impl<V: Verdict, B, T> Kind<V, B, T> {
    /// The type of the block; never called.
    pub fn block_type(self) -> V::Block<T> {
        unreachable!()
    }

    /// The type of the block under a `?` in the header; never called.
    pub fn open_type(self) -> V::Open<T> {
        unreachable!()
    }

    /// The type of the body; never called.
    pub fn body_type(self) -> T {
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

    /// Enter failed: the block is its error.
    #[inline]
    pub fn failed(self, error: V::Error) -> V::Rep<T> {
        V::failed(error)
    }

    /// Enter failed: its error leaves.
    #[inline]
    pub fn raise(self, error: V::Error) -> V::Raise<B> {
        V::raise(error)
    }

    /// Exit replaced the leave.
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
#[inline]
pub fn manager<M: Manager>(manager: M) -> M {
    manager
}

/// A manager expression with a `?`: a manager, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context manager",
    label = "this cannot be entered",
    note = "a `?` in the header takes a manager, or a `Result` of one; implement `ContextManager` for it"
)]
pub trait Build<K> {
    type Manager: Manager;
    type Error;
    fn build(self) -> Result<Self::Manager, Self::Error>;
}

pub struct Built;
pub struct Tried;

impl<M: Manager> Build<Built> for M {
    type Manager = M;
    type Error = ManagerError<M>;
    #[inline]
    fn build(self) -> Result<M, ManagerError<M>> {
        Ok(self)
    }
}

impl<M: Manager, E> Build<Tried> for Result<M, E> {
    type Manager = M;
    type Error = E;
    #[inline]
    fn build(self) -> Self {
        self
    }
}

/// What was built, and the type of the error, for [`kind`].
pub type Building<T, K> = (
    Result<<T as Build<K>>::Manager, <T as Build<K>>::Error>,
    PhantomData<<T as Build<K>>::Error>,
);

#[inline]
pub fn build<T: Build<K>, K>(expression: T) -> Building<T, K> {
    (expression.build(), PhantomData)
}

/// How a block ends that an unlabelled `break` or `continue` can leave.
pub enum Flow<T, B, C> {
    Done(T),
    Break(B),
    Continue(C),
}
