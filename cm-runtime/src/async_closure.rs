//! `with! { async .. }` as a function: the body is an async closure.

use core::future::Future;
use core::panic::Location;
use core::pin::pin;

use crate::__private::async_scope::AsyncScope;
use crate::__private::unseen::{Awaits, OnlyPanics, Watch};
use crate::async_manager::AsyncManager;
use crate::closure::turned;
use crate::lends::Lent;
use crate::outcome::{Failure, Leave, Outcome, Sees};
use crate::verdict::Verdict;

/// The body of both functions, which differ only in what exit is told of the value. A macro, since a function would
/// have to take a closure that makes the outcome for every lifetime, also for those that the error does not outlive.
///
/// `$told` is evaluated again after exit, so that the outcome need not be kept while exit is awaited.
macro_rules! block {
    ($manager:ident, $body:ident, |$value:ident| $told:expr) => {{
        let place = Location::caller();
        async move {
            let watch = Watch::new();
            let mut manager = pin!($manager);
            let unseen = Awaits::new(&watch, OnlyPanics);
            let mut scope = AsyncScope::new(manager.as_mut(), unseen, place, 0_u8, 0_u8);
            // The future of enter is gone when the body begins.
            let value = match watch.over_enter(scope.entering()).await {
                Ok(lent) => watch.over($body(lent)).await,
                Err(error) => return M::Exit::block(M::Exit::failed(error)),
            };
            let verdict = {
                let $value = &value;
                watch.over_exit(scope.exiting($told)).await
            };
            let turn = {
                let $value = &value;
                AsyncScope::exited(verdict, scope, $told)
            };
            turned::<M::Exit, _>(turn, value)
        }
    }};
}

#[track_caller]
pub(crate) fn with<M, T, F>(
    manager: M,
    body: F,
) -> impl Future<Output = <M::Exit as Verdict>::Block<T>>
where
    M: AsyncManager,
    F: AsyncFnOnce(Lent<'_, M::Lends>) -> T,
{
    block!(manager, body, |_value| Outcome::Succeeded(Leave::End))
}

#[track_caller]
pub(crate) fn try_with<'e, M, T, E, F>(
    manager: M,
    body: F,
) -> impl Future<Output = <M::Exit as Verdict>::Block<Result<T, E>>>
where
    M: AsyncManager,
    F: AsyncFnOnce(Lent<'_, M::Lends>) -> Result<T, E>,
    E: 'e,
    <M::Exit as Verdict>::View: Sees<'e>,
{
    block!(manager, body, |value| match value {
        Ok(_) => Outcome::Succeeded(Leave::End),
        Err(error) => Outcome::Failed(Failure::new(error, None)),
    })
}
