//! `with!` as a function: the body is a closure, with a closure's control flow.

use core::marker::PhantomData;
use core::panic::Location;
use core::pin::pin;

use crate::__private::scope::{Scope, Turn};
use crate::__private::unseen::OnlyPanics;
use crate::lends::Lent;
use crate::manager::Manager;
use crate::outcome::{Failure, Leave, Outcome, Sees};
use crate::verdict::Verdict;

/// A body that returns a `T`.
pub struct Body<T>(PhantomData<T>);

/// Implemented once for every type, and twice for a `Result`: so `with` can infer `K` for a plain value, but not
/// for a `Result`, whose failure it would miss. The compiler then shows the name of this trait.
pub trait NotAResultOrElseUseTryWith<K> {}

pub struct PlainValue;
pub struct UseTryWith;

impl<T> NotAResultOrElseUseTryWith<PlainValue> for Body<T> {}
impl<T, E> NotAResultOrElseUseTryWith<UseTryWith> for Body<Result<T, E>> {}

#[inline]
#[track_caller]
pub(crate) fn with<M, T, F>(manager: M, body: F) -> <M::Exit as Verdict>::Block<T>
where
    M: Manager,
    F: FnOnce(Lent<'_, M::Lends>) -> T,
{
    let mut manager = pin!(manager);
    let mut scope = Scope::new(manager.as_mut(), OnlyPanics, Location::caller(), 0_u8, 0_u8);
    let value = match scope.try_enter() {
        Ok(lent) => body(lent),
        Err(error) => return M::Exit::block(M::Exit::failed(error)),
    };
    turned::<M::Exit, T>(scope.exit(Outcome::Succeeded(Leave::End)), value)
}

#[inline]
#[track_caller]
pub(crate) fn try_with<'e, M, T, E, F>(
    manager: M,
    body: F,
) -> <M::Exit as Verdict>::Block<Result<T, E>>
where
    M: Manager,
    F: FnOnce(Lent<'_, M::Lends>) -> Result<T, E>,
    E: 'e,
    <M::Exit as Verdict>::View: Sees<'e>,
{
    let mut manager = pin!(manager);
    let mut scope = Scope::new(manager.as_mut(), OnlyPanics, Location::caller(), 0_u8, 0_u8);
    let value = match scope.try_enter() {
        Ok(lent) => body(lent),
        Err(error) => return M::Exit::block(M::Exit::failed(error)),
    };
    let turn = match &value {
        Ok(_) => scope.exit(Outcome::Succeeded(Leave::End)),
        Err(error) => scope.exit(Outcome::Failed(Failure::new(error, None))),
    };
    turned::<M::Exit, _>(turn, value)
}

pub(crate) fn turned<V: Verdict, T>(turn: Result<(), Turn<V>>, value: T) -> V::Block<T> {
    match turn {
        Ok(()) => V::value(value),
        Err(Turn::Suppressed(token)) => V::block(V::suppressed(token)),
        Err(Turn::Failed(error)) => V::block(V::failed(error)),
    }
}
