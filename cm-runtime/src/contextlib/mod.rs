//! Ready-made managers: the toolbox that Python programmers know as `contextlib`.
//!
//! | in Python | here |
//! |---|---|
//! | `AbstractContextManager` | [`ContextManager`](crate::ContextManager) |
//! | `@contextmanager` | [`#[context_manager]`](macro@crate::context_manager) |
//! | `ContextDecorator` | [`#[within(manager)]`](macro@crate::within) |
//! | `closing(thing)` | [`closing`](fn@closing); [`finishing`](fn@finishing) for encoders, which are cut off on failure |
//! | `nullcontext()`, `nullcontext(value)` | `None::<M>`: any `Option<M>` is a manager; [`nullcontext`](fn@nullcontext) |
//! | `suppress(E)` | [`suppress`](fn@suppress), [`suppress_kind`], [`suppress_if`], [`suppress_any`] |
//! | `redirect_stdout`, `redirect_stderr` | `redirect_stdout`, `redirect_stderr` (feature `redirect`, Unix) |
//! | `chdir(path)` | [`chdir`] |
//! | `ExitStack` | [`ExitStack`](crate::ExitStack) |
//! | `open(path, "w")` as a manager | [`create_file`]; [`atomic_file`], [`backed_up`] |
//! | a lock as a manager | `&Mutex` is a manager (for an `Arc<Mutex<T>>` it is `&*lock`); for an `RwLock`, `nullcontext(lock.write().unwrap())` |
//! | `with sqlite3.connect(..):`, `async with session.begin():` | [`transaction`](fn@transaction), [`atransaction`](fn@atransaction) |
//! | `decimal.localcontext`, `unittest.mock.patch` | [`replace`](fn@replace), [`replace_cell`], [`replace_local`] |
//! | `tempfile.TemporaryDirectory` | `temp_dir`, `temp_file` (feature `tempfile`) |
//! | `os.environ` patched for a while | [`set_env`], [`remove_env`], which are unsafe as `std::env::set_var` is |
//! | `AbstractAsyncContextManager`, `@asynccontextmanager`, `AsyncContextDecorator` | [`AsyncContextManager`](crate::AsyncContextManager), the same attributes on an `async fn` |
//! | `AsyncExitStack` | [`AsyncExitStack`](crate::AsyncExitStack) |
//! | `aclosing(thing)` | [`aclosing`] |
//! | a tracer's span as a manager | `in_span` (feature `tracing`) |
//! | `asyncio.TaskGroup` | `TaskGroup` (feature `tokio`) |
//! | `asyncio.timeout` | `timeout`, a function (feature `tokio`) |
//! | `asyncio.shield` | `shielded`, `detached` for cleanup that goes on though the future is dropped (feature `tokio`) |
//! | `asyncio.Lock`, `asyncio.Semaphore` | `&tokio::sync::Mutex` and `&tokio::sync::Semaphore` are async managers (feature `tokio`) |
//!
//! Besides, there is scopeguard's [`guard`](fn@guard), whose function is told the outcome, and a
//! [`timer`](fn@timer).
//!
//! # State of the whole process
//! [`chdir`], [`set_env`], [`remove_env`] and the redirections change state that all threads share. They hold one
//! lock, the same for all of them, from enter to exit: enter waits while another thread holds it, and a thread
//! that holds it already can enter again. On exit they check whether the state is still as they have set it. They
//! restore what was there before in any case, and return [`ChangedElsewhere`] if somebody else has changed it.
//!
//! Do not await in their blocks, nor in those of [`replace_local`]. Other code that runs on the thread meanwhile
//! would see the changed state; and it could enter such a block itself, so that the two blocks restore the state
//! in the wrong order. These managers are not [`Send`], so a future that awaits in such a block cannot be
//! spawned on an executor with several threads.

mod asynchronous;
mod closing;
mod files;
mod finishing;
mod global;
mod guard;
mod nullcontext;
mod once;
#[cfg(all(feature = "redirect", unix))]
mod redirect;
mod replace;
#[cfg(feature = "tracing")]
pub(crate) mod span;
mod suppress;
#[cfg(feature = "tempfile")]
mod temp;
mod timer;
mod transaction;
mod working_directory;

#[cfg(feature = "tokio")]
pub(crate) use self::asynchronous::Kept;
pub use self::asynchronous::{Aclosing, Atransaction, aclosing, atransaction};
#[cfg(feature = "tokio")]
pub use self::asynchronous::{
    Cleanups, Detached, DetachedError, Output, OutputLost, TaskError, TaskErrors, TaskFailure,
    TaskGroup, Tasks, TimedOut, detached, shielded, timeout,
};
pub use self::closing::{Closing, closing};
pub use self::files::{AtomicFile, BackedUp, CreateFile, atomic_file, backed_up, create_file};
pub use self::finishing::{Finishing, Severable, finishing};
pub use self::global::ChangedElsewhere;
pub(crate) use self::global::Held;
pub use self::guard::{Guard, guard};
pub use self::nullcontext::{NullContext, nullcontext};
#[cfg(all(feature = "redirect", unix))]
pub use self::redirect::{
    Captured, Redirect, capture_stderr, capture_stdout, redirect_stderr, redirect_stdout,
};
pub use self::replace::{Replace, ReplaceCell, ReplaceLocal, replace, replace_cell, replace_local};
#[cfg(feature = "tracing")]
pub use self::span::{InSpan, in_span};
pub use self::suppress::{SuppressIf, suppress, suppress_any, suppress_if, suppress_kind};
#[cfg(feature = "tempfile")]
pub use self::temp::{TempDir, TempFile, temp_dir, temp_file};
#[cfg(feature = "log")]
pub use self::timer::log_time;
#[cfg(feature = "tracing")]
pub use self::timer::trace_time;
pub use self::timer::{Timer, timer};
pub use self::transaction::transaction;
pub use self::working_directory::{Chdir, chdir};
pub use crate::raw::{Env, remove_env, set_env};
