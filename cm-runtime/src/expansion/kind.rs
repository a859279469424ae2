//! Types that the generated code pins: of the block, of the body, of what leaves.
//!
//! A labelled block does not know its type before its first `break`. A [`Kind`] or a [`Pinned`]
//! carries the expected type to it, so that coercions work in a body as they do in a plain block.

use core::any::Any;
use core::convert::Infallible;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::Pin;

use crate::__private::async_scope::AsyncScope;
use crate::__private::classify::{HoldsError, Probe, ShowsError};
use crate::__private::inner::EndsAs;
use crate::__private::lose::Asked;
use crate::__private::never::Never;
use crate::__private::scope::{Scope, Turn};
use crate::__private::told::{self, Ending, LeavingMacro, Stopping};
use crate::__private::unseen::Unseen;
use crate::async_manager::AsyncManager;
use crate::manager::Manager;
use crate::outcome::{Leave, Outcome};
use crate::verdict::Verdict;

/// A block under a manager with the verdict `V`, whose building fails with `B`, over a body of
/// type `T`.
pub struct Kind<V, B, T: ?Sized>(
    PhantomData<fn() -> V>,
    PhantomData<fn() -> B>,
    PhantomData<fn() -> T>,
);

impl<V, B, T: ?Sized> Clone for Kind<V, B, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, B, T: ?Sized> Copy for Kind<V, B, T> {}

impl<V, B, T: ?Sized> Kind<V, B, T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData, PhantomData, PhantomData)
    }
}

/// The kind of a block whose manager is built next.
#[inline]
pub fn kind<V, B, T: ?Sized>() -> Kind<V, B, T> {
    Kind::new()
}

impl<V: Verdict, B, T: ?Sized> Kind<V, B, T> {
    /// The scope of a sync manager. A method, since only the place of a method call is that of its
    /// own tokens; a function call's is that of the whole macro call.
    #[inline]
    #[track_caller]
    pub fn scope<'p, M, W, K1, K2>(
        self,
        manager: Pin<&'p mut M>,
        unseen: W,
        k1: K1,
        k2: K2,
    ) -> Scope<'p, M, V, W>
    where
        M: Manager<Exit = V>,
        W: Unseen,
        Probe<Asked<V>>: ShowsError<'p, K1, Asked<V>> + HoldsError<'p, K2, Asked<V>>,
    {
        Scope::new(manager, unseen, Location::caller(), k1, k2)
    }

    /// The scope of an async manager.
    #[inline]
    #[track_caller]
    pub fn async_scope<'p, M, W, K1, K2>(
        self,
        manager: Pin<&'p mut M>,
        unseen: W,
        k1: K1,
        k2: K2,
    ) -> AsyncScope<'p, M, V, W>
    where
        M: AsyncManager<Exit = V>,
        W: Unseen,
        Probe<Asked<V>>: ShowsError<'p, K1, Asked<V>> + HoldsError<'p, K2, Asked<V>>,
    {
        AsyncScope::new(manager, unseen, Location::caller(), k1, k2)
    }

    /// The turn of a block whose enter has failed.
    #[inline]
    pub fn failed(self, error: V::Error) -> Turn<V> {
        Turn::Failed(error)
    }

    /// What exit is told of the value with which the body ended.
    #[inline]
    pub fn told_end<'a, 'e: 'a, U, K3, K4, K5>(
        self,
        value: &'a U,
        _: K3,
        _: K4,
        _: K5,
    ) -> Outcome<'a, V::View>
    where
        U: Ending<'e, V, K3, K4, K5> + ?Sized,
    {
        value.told(Leave::End)
    }

    /// The same of a body that ends with another block.
    #[inline]
    pub fn told_end_of_inner<'a, 'e: 'a, U, A>(
        self,
        value: &'a U,
        _: Pinned<A>,
    ) -> Outcome<'a, V::View>
    where
        A: EndsAs<'e, V, U> + 'a,
    {
        A::told(value, Leave::End)
    }

    /// What exit is told of the value with which a `return` leaves.
    #[inline]
    pub fn told_return<'a, 'e: 'a, U, K3, K4, K5>(
        self,
        value: &'a U,
        _: K3,
        _: K4,
        _: K5,
    ) -> Outcome<'a, V::View>
    where
        U: Ending<'e, V, K3, K4, K5> + ?Sized,
    {
        value.told(Leave::Return)
    }

    /// What exit is told of the value with which a macro call leaves.
    #[inline]
    pub fn told_of_macro<'a, 'e: 'a, U, K3, K4, K5, K6>(
        self,
        value: &'a U,
        _: K3,
        _: K4,
        _: K5,
        _: K6,
    ) -> Outcome<'a, V::View>
    where
        U: LeavingMacro<'e, V, K3, K4, K5, K6> + ?Sized,
    {
        value.told_of_macro()
    }

    /// What exit is told of what a `?` was applied to.
    #[inline]
    pub fn told_question<'a, 'e: 'a, U, K4, K5>(
        self,
        residual: &'a U,
        _: K4,
        _: K5,
    ) -> Outcome<'a, V::View>
    where
        U: Stopping<'e, V, K4, K5>,
    {
        residual.told()
    }

    /// What exit is told of a panic that was caught.
    pub fn told_caught(self, payload: &(dyn Any + Send)) -> Outcome<'_, V::View> {
        told::caught(payload)
    }

    /// What exit is told of a jump.
    #[inline]
    pub fn told_jump(self, leave: Leave) -> Outcome<'static, V::View> {
        Outcome::Succeeded(leave)
    }
}

/// What an editor gets a call of, for the kind of a manager's blocks.
pub fn kind_of<M: Manager, T>(_: M) -> Kind<M::Exit, Infallible, T> {
    Kind::new()
}

/// The same for an async manager.
pub fn async_kind_of<M: AsyncManager, T>(_: M) -> Kind<M::Exit, Infallible, T> {
    Kind::new()
}

/// What an editor gets calls of, for the type of a block. Of a method, and not of a function, it takes what is expected of
/// the block for what is expected of the body.
impl<V: Verdict, B, T> Kind<V, B, T> {
    pub fn around(self, body: T) -> V::Block<T> {
        V::value(body)
    }

    /// The same under a `?` in the header.
    pub fn open_around(self, body: T) -> Open<V, T> {
        V::Unfailing::value(body)
    }
}

/// The type of the block under a `?` in the header.
type Open<V, T> = <<V as Verdict>::Unfailing as Verdict>::Block<T>;

/// What stands for that block when exit replaces the leave.
type OpenReplacement<V> = <<V as Verdict>::Unfailing as Verdict>::Replacement;

// Functions and not methods, so that clippy does not see the type of a block, which may be `!`
// (`diverging_sub_expression`); and not associated ones, since types in a path cost compile time.

/// The type of the block; never called.
pub fn block_type<V: Verdict, B, T>(_: Kind<V, B, T>, _: Never) -> V::Block<T> {
    unreachable!()
}

/// The type of the block under a `?` in the header; never called.
pub fn open_type<V: Verdict, B, T>(_: Kind<V, B, T>, _: Never) -> Open<V, T> {
    unreachable!()
}

/// The type of the body, `T`; never called.
///
/// It is spelled so that clippy does not see `!` for a body that diverges, and take the
/// generated code for a mistake (`diverging_sub_expression`).
pub fn body_type<V, B, T>(_: Kind<V, B, T>, _: Never) -> <() as Verdict>::Block<T> {
    unreachable!()
}

#[inline]
pub fn value<V: Verdict, B, T>(_: Kind<V, B, T>, value: T) -> V::Block<T> {
    V::value(value)
}

#[inline]
pub fn open<V: Verdict, B, T>(_: Kind<V, B, T>, value: T) -> Open<V, T> {
    V::Unfailing::value(value)
}

/// Enter failed, or exit replaced the leave.
#[inline]
pub fn turn<V: Verdict, B, T: ?Sized>(_: Kind<V, B, T>, turn: Turn<V>) -> V::Replacement {
    match turn {
        Turn::Suppressed(token) => V::suppressed(token),
        Turn::Failed(error) => V::failed(error),
    }
}

/// The same under a `?` in the header, where an error leaves.
#[inline]
pub fn open_turn<V: Verdict, B, T: ?Sized>(
    _: Kind<V, B, T>,
    turn: Turn<V>,
) -> Result<V::Token, V::Raise<B>> {
    match turn {
        Turn::Suppressed(token) => Ok(token),
        Turn::Failed(error) => Err(V::raise(error)),
    }
}

/// Exit suppressed the failure under a `?` in the header.
#[inline]
pub fn open_suppressed<V: Verdict, B, T: ?Sized>(
    _: Kind<V, B, T>,
    token: V::Token,
) -> OpenReplacement<V> {
    V::Unfailing::suppressed(token)
}

#[inline]
pub fn block<V: Verdict, B, T>(_: Kind<V, B, T>, replacement: V::Replacement) -> V::Block<T> {
    V::block(replacement)
}

#[inline]
pub fn open_block<V: Verdict, B, T>(
    _: Kind<V, B, T>,
    replacement: OpenReplacement<V>,
) -> Open<V, T> {
    V::Unfailing::block(replacement)
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

/// A value of the type; never called.
pub fn pin_of<T>(_: Pinned<T>) -> T {
    unreachable!()
}

/// A value that is coerced to the type.
#[inline]
pub fn same<T>(_: Pinned<T>, value: T) -> T {
    value
}

/// How a block ends that an unlabelled `break` or `continue` can leave.
pub enum Flow<T, B, C> {
    Done(T),
    Break(B),
    Continue(C),
}
