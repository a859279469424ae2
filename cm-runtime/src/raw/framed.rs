//! Any manager in the frame of an async generator.
//!
//! The futures of a generic manager's enter and exit have no names, so that no bound can say that they are `Send`,
//! and they cannot be stored. A frame contains them: it is one type, without a lifetime in it, that is `Send` if
//! they are, and it can be kept, boxed or spawned between enter and exit. So the entries of an async stack and
//! detached managers are frames.
//!
//! # Invariants
//! 1. A frame is a generator with one yield, at which it lends what its manager has lent. That the
//!    family is covariant cannot be proved here, nor need it be: enter is one function for all
//!    lifetimes, of which `Start` picks one. For that, nothing else of this lifetime is left in the frame
//!    while it lends, since the borrower may put into the value what lives no longer: the future of
//!    enter is dropped before, and the manager has a type that cannot name the lifetime.
//! 2. Only the frame itself asks how it was resumed, and notes how it ends, while it is polled.

use core::future::Future;
use core::panic::Location;
use core::pin::pin;

use super::async_generator::{AsyncGenerator, Handshake, To};
use super::generator::Yielded;
use crate::__private::async_scope::AsyncScope;
use crate::__private::scope::Scope;
use crate::__private::unseen::{Awaits, OnlyPanics, Watch};
use crate::async_manager::AsyncManager;
use crate::lends::Owned;
use crate::manager::Manager;
use crate::verdict::Verdict;

/// The code of a frame around an async manager. `$entered`: what becomes of its scope and its watch
/// before the yield, an expression of type `Result` of what is lent.
macro_rules! frame {
    ($manager:ident, $place:ident, |$scope:ident, $watch:ident| $entered:block) => {
        move |handshake: Handshake<_, M::Exit, <M::Exit as Verdict>::View>| async move {
            let mut yielder = handshake.await;
            let $watch = Watch::new();
            let mut manager = pin!($manager);
            let unseen = Awaits::new(&$watch, OnlyPanics);
            let mut $scope = AsyncScope::new(manager.as_mut(), unseen, $place, 0_u8, 0_u8);
            let resumed = yielder.resumed();
            // The future of enter is gone when the value is lent (invariant 1).
            let outcome = match $entered {
                Ok(value) => $watch.over(yielder.lend(Yielded { value })).await,
                Err(error) => return M::Exit::failing(error),
            };
            // SAFETY: this is the frame, and it is being polled (invariant 2).
            match unsafe { resumed.to() } {
                To::Exit => {}
                To::Cancel => return $scope.cancel(outcome).unwrap_or_else(M::Exit::nothing),
                To::Dismiss => {
                    $scope.disarm();
                    return M::Exit::nothing();
                }
            }
            let verdict = $watch.over_exit($scope.exiting(outcome)).await;
            $scope.disarm();
            if $scope.replaces() {
                // SAFETY: as above, and nothing is awaited below.
                unsafe { resumed.replaces() };
            }
            verdict
        }
    };
}

/// An async manager in a frame: entered, left and cancelled as by a block.
pub(crate) fn framed<M: AsyncManager>(
    manager: M,
    place: &'static Location<'static>,
) -> AsyncGenerator<M::Lends, impl Future<Output = M::Exit>> {
    let code = frame!(manager, place, |scope, watch| {
        watch.over_enter(scope.entering()).await
    });
    // SAFETY: one yield, awaited in the frame; for the family see invariant 1.
    unsafe { AsyncGenerator::unproven(code) }
}

/// An async manager of which only the exit is called.
pub(crate) fn framed_exit<M: AsyncManager>(
    manager: M,
    place: &'static Location<'static>,
) -> AsyncGenerator<Owned<()>, impl Future<Output = M::Exit>> {
    let code = frame!(manager, place, |scope, watch| {
        scope.arm();
        Ok(())
    });
    // SAFETY: as in `framed`; what is lent borrows nothing.
    unsafe { AsyncGenerator::unproven(code) }
}

/// A manager that does not await, in a frame: cancelled, it exits.
pub(crate) fn framed_sync<M: Manager>(
    manager: M,
    place: &'static Location<'static>,
) -> AsyncGenerator<M::Lends, impl Future<Output = M::Exit>> {
    let code = move |handshake: Handshake<M::Lends, M::Exit, <M::Exit as Verdict>::View>| async move {
        let mut yielder = handshake.await;
        let watch = Watch::new();
        let mut manager = pin!(manager);
        let unseen = Awaits::new(&watch, OnlyPanics);
        let mut scope = Scope::new(manager.as_mut(), unseen, place, 0_u8, 0_u8);
        let resumed = yielder.resumed();
        let outcome = match scope.try_enter() {
            Ok(value) => watch.over(yielder.lend(Yielded { value })).await,
            Err(error) => return M::Exit::failing(error),
        };
        // SAFETY: as in `frame!`.
        if let To::Dismiss = unsafe { resumed.to() } {
            scope.disarm();
            return M::Exit::nothing();
        }
        let verdict = scope.verdict(outcome);
        if manager.as_mut().drive_replaces() {
            // SAFETY: as in `frame!`.
            unsafe { resumed.replaces() };
        }
        verdict
    };
    // SAFETY: as in `framed`.
    unsafe { AsyncGenerator::unproven(code) }
}
