//! `detached` and `shielded`: cleanup that goes on although the future is dropped.

mod spawned;

use core::fmt;
use core::future::Future;
use core::panic::Location;
use core::time::Duration;
use std::boxed::Box;

use tokio::runtime::Handle;

use self::spawned::Spawner;
use super::cleanups::Cleanups;
use super::kept::Kept;
use crate::async_manager::{self, AsyncContextManager, AsyncManager};
use crate::lends::{Lends, Lent};
use crate::outcome::{Outcome, Shown};
use crate::raw::{Exit, Exits, Frame, framed};
use crate::verdict::Verdict;

/// Makes the exit of a manager run to its end even if the future of the block is dropped: the rest of it is spawned
/// on the tokio runtime.
///
/// | the future is dropped | a manager by itself | [`shielded`] | `detached` |
/// |---|---|---|---|
/// | during enter | cancel | cancel | cancel |
/// | in the body, or the body panics | cancel | cancel | exit is spawned |
/// | during exit | cancel | the rest of exit is spawned | the rest of exit is spawned |
///
/// The spawned exit has a [deadline](Detached::deadline), by default 30 seconds. After that the exit is dropped,
/// and the manager cancelled. So it is if there is no runtime, or if the runtime ends before the exit. At
/// shutdown an application can wait for its [`Cleanups`].
///
/// Nobody waits for the result of a spawned exit. So these cases, and errors of the exit, are
/// [lost](mod@crate::lost). They are reported to the hook only, not to a listener that
/// [`on_lost`](crate::AsyncManager::on_lost) has put around the manager or around this.
///
/// Since exit may outlive the block, it is told only the texts of an error. The error cannot be downcast, and managers
/// that suppress or inspect cannot be detached. The manager has to be `'static` and [`Send`]. It is boxed.
///
/// # Panics
/// When it is entered a second time, as `&mut manager`. On a runtime whose timer is not enabled the task of a
/// spawned exit panics: the exit is dropped then, and the manager cancelled.
///
/// ```
/// use std::io;
/// use std::time::Duration;
/// use cm_runtime::contextlib::detached;
/// use cm_runtime::{context_manager, with};
///
/// #[context_manager]
/// async fn session() -> io::Result<()> {
///     tokio::task::yield_now().await; // says hello
///     yield_!();
///     tokio::task::yield_now().await; // says goodbye, also if the request is cancelled
///     Ok(())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// with! { async detached(session()).deadline(Duration::from_secs(5))? => {
///     tokio::task::yield_now().await;
/// } }
/// # Ok(())
/// # }
/// ```
///
/// # An enter that must not stop half-way
/// Enter is not spawned, since nobody would be there for what it lends: what it has done when the future is dropped
/// there, is for the manager to undo. Where that takes awaits, what undoes it is entered first, detached, and the
/// rest of enter stands in its block:
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use cm_runtime::contextlib::{Cleanups, detached, timeout};
/// use cm_runtime::{context_manager, with};
/// # use std::sync::atomic::{AtomicU32, Ordering};
/// # #[derive(Default)]
/// # struct Locks(AtomicU32);
/// # impl Locks {
/// #     async fn lock(&self, _: u32) {
/// #         self.0.store(1, Ordering::Relaxed);
/// #         std::future::pending().await
/// #     }
/// #     async fn unlock(&self, _: u32) {
/// #         tokio::task::yield_now().await;
/// #         self.0.store(0, Ordering::Relaxed);
/// #     }
/// # }
///
/// #[context_manager]
/// async fn unlocked(locks: Arc<Locks>, row: u32) {
///     yield_!();
///     locks.unlock(row).await;
/// }
///
/// #[context_manager]
/// async fn locked(locks: Arc<Locks>, row: u32) {
///     with! { async detached(unlocked(locks.clone(), row)) => {
///         locks.lock(row).await; // dropped here as well, it is unlocked
///         yield_!();
///     } }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let locks = Arc::new(Locks::default());
/// let work = async { with! { async locked(locks.clone(), 7) => {} } };
/// assert!(timeout(Duration::from_millis(1), work).await.is_err());
/// # assert_eq!(locks.0.load(Ordering::Relaxed), 1);
/// Cleanups::of_the_process().ended().await;
/// # assert_eq!(locks.0.load(Ordering::Relaxed), 0);
/// # }
/// ```
#[track_caller]
pub fn detached<M>(manager: M) -> Detached<M::Lends, impl Future<Output = M::Exit>>
where
    M: AsyncManager<Exit: Verdict> + 'static,
{
    around(manager, SpawnedFrom::Body)
}

/// Makes the exit of a manager, once it has begun, run to its end even if the future of the block is dropped; see
/// [`detached`].
///
/// # Panics
/// As [`detached`] does.
///
/// ```
/// use cm_runtime::contextlib::shielded;
/// use cm_runtime::{context_manager, with};
/// # #[context_manager]
/// # async fn session() {
/// #     yield_!();
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// with! { async shielded(session()) => {
///     tokio::task::yield_now().await;
/// } }
/// # }
/// ```
#[doc(alias = "shield")]
#[track_caller]
pub fn shielded<M>(manager: M) -> Detached<M::Lends, impl Future<Output = M::Exit>>
where
    M: AsyncManager<Exit: Verdict> + 'static,
{
    around(manager, SpawnedFrom::Exit)
}

/// Why a spawned cleanup did not end: reported as lost, beside the cleanup's own errors.
///
/// ```
/// use cm_runtime::contextlib::DetachedError;
/// let error = DetachedError::TimedOut(std::time::Duration::from_secs(30));
/// assert_eq!(error.to_string(), "the exit did not end within 30s, and was dropped");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DetachedError {
    /// It did not end before its deadline.
    #[error("the exit did not end within {0:?}, and was dropped")]
    TimedOut(Duration),
    /// There is no runtime to spawn on.
    #[error("there is no tokio runtime to spawn the exit on: the manager was cancelled")]
    NoRuntime,
    /// The runtime was shut down meanwhile.
    #[error("the tokio runtime dropped the exit before its end: the manager was cancelled")]
    RuntimeEnded,
}

/// The manager that [`detached`] and [`shielded`] make.
///
/// To return one from a function whose callers spawn tasks, name its type, with what it lends and its verdict:
///
/// ```edition2021
/// use std::future::Future;
/// use cm_runtime::contextlib::{Cleanups, Detached, aclosing, detached};
/// use cm_runtime::{Mut, with};
///
/// fn session(
///     cleanups: &Cleanups,
/// ) -> Detached<Mut<u32>, impl Future<Output = std::io::Result<()>> + Send + use<>> {
///     detached(aclosing(7, async |_| Ok(()))).counted_in(cleanups)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let seven = tokio::spawn(async {
///     with! { async session(&Cleanups::of_the_process()) as seven => {
///         tokio::task::yield_now().await;
///         *seven
///     } }
/// });
/// assert_eq!(seven.await.unwrap().unwrap(), 7);
/// # }
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct Detached<L: ?Sized, F: Future> {
    /// Until exit begins.
    generator: Option<Frame<L, F>>,
    /// Begins the exit.
    exits: Exits<L, F>,
    entered: Entered,
    /// While exit is awaited.
    exit: Option<Exit<F::Output>>,
    /// Whether the error of the exit replaces the failure that it was told.
    replaces: bool,
    /// `Spawner::spawn`: what that asks of the verdict is known where this is made (see [`Exits`]).
    spawn: fn(&Spawner, Exit<F::Output>, Kept),
    spawner: Spawner,
    spawned_from: SpawnedFrom,
}

/// From where on the exit is spawned if the future is dropped. Before that the manager is cancelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SpawnedFrom {
    Body,
    Exit,
}

/// How far its enter has got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entered {
    No,
    Begun,
    Lent,
}

#[track_caller]
fn around<M>(
    manager: M,
    spawned_from: SpawnedFrom,
) -> Detached<M::Lends, impl Future<Output = M::Exit>>
where
    M: AsyncManager<Exit: Verdict> + 'static,
{
    let place = Location::caller();
    Detached {
        generator: Some(Box::pin(framed(manager, place))),
        exits: Exits::new(),
        entered: Entered::No,
        exit: None,
        replaces: false,
        spawn: Spawner::spawn,
        spawner: Spawner::new(core::any::type_name::<M>(), place),
        spawned_from,
    }
}

impl<L: ?Sized, F: Future> Detached<L, F> {
    /// Sets how long a spawned exit may run.
    ///
    /// See [`detached`] for an example.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.spawner.deadline = deadline;
        self
    }

    /// Counts a spawned exit in `cleanups`, and not among those of the whole process.
    ///
    /// See the type for an example.
    pub fn counted_in(mut self, cleanups: &Cleanups) -> Self {
        self.spawner.cleanups = Some(cleanups.clone());
        self
    }
}

impl<L: ?Sized, F: Future> Unpin for Detached<L, F> {}

impl<L: ?Sized, F: Future> fmt::Debug for Detached<L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Detached").field(&self.spawner.name).finish()
    }
}

impl<L, F> AsyncContextManager for Detached<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict<View = Shown>> + Send,
{
    type Lends = L;
    type Exit = F::Output;

    async fn enter(&mut self) -> Result<Lent<'_, L>, <F::Output as Verdict>::Error> {
        let (Entered::No, Some(generator)) = (self.entered, &mut self.generator) else {
            again()
        };
        self.entered = Entered::Begun;
        let value = generator.as_mut().drive_enter().await?;
        self.entered = Entered::Lent;
        Ok(value)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> F::Output {
        let Some(generator) = self.generator.take() else {
            crate::async_generator::not_entered()
        };
        let exit = self.exits.begin(generator, Kept::of(outcome));
        let ended = self.exit.insert(exit).await;
        self.exit = None;
        self.replaces = ended.replaces;
        ended.verdict
    }

    fn exit_replaces(&mut self) -> bool {
        self.replaces
    }

    #[track_caller]
    fn cancel(&mut self, outcome: Outcome<'_>) {
        async_manager::cancel(self, outcome);
    }

    fn cancelled(&mut self, outcome: Outcome<'_>) -> Option<F::Output> {
        let kept = Kept::of(outcome);
        if let Some(exit) = self.exit.take() {
            (self.spawn)(&self.spawner, exit, kept);
            return None;
        }
        let mut generator = self.generator.take()?;
        if self.entered != Entered::Lent || self.spawned_from == SpawnedFrom::Exit {
            return generator.as_mut().cancel(outcome);
        }
        if Handle::try_current().is_err() {
            self.spawner.report(&DetachedError::NoRuntime, outcome);
            return generator.as_mut().cancel(outcome);
        }
        let exit = self.exits.begin(generator, Kept::of(outcome));
        (self.spawn)(&self.spawner, exit, kept);
        None
    }
}

#[cold]
#[inline(never)]
fn again() -> ! {
    panic!(
        "a `detached` or `shielded` manager was entered again: each call makes one for one block"
    )
}
