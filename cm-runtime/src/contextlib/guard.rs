//! `guard`: a value, and a function that releases it.

use core::fmt;

use super::once::Once;
use crate::bounds::Release;
use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Lends a value, and gives it to a function when the block ends, which is told how it ended:
/// scopeguard's `guard`.
///
/// The function's return type is the verdict: `()`, or a `Result<(), E>`, whose error reaches the
/// caller. (A function that suppresses is a manager of its own: write it with
/// [`#[context_manager]`](macro@crate::context_manager).)
///
/// # Panics
/// When it is entered a second time, as `&mut manager`: the value is gone.
///
/// | scopeguard | here |
/// |---|---|
/// | `guard(value, \|value\| ..)` | `with! { guard(value, \|value, _\| ..) as value => { .. } }` |
/// | `defer! { .. }` | `guard((), \|(), _\| ..)`, or [`ExitStack::callback`](crate::ExitStack::callback) |
/// | `guard_on_success`, `guard_on_unwind` | the function looks at the outcome |
/// | `ScopeGuard::into_inner` | `guard(Some(value), ..)`, and the body takes the value; or [`ExitStack::dismiss`](crate::ExitStack::dismiss), which drops the value |
///
/// ```
/// use cm_runtime::contextlib::guard;
/// use cm_runtime::{Outcome, with};
///
/// let mut log = vec!["start"];
/// with! { guard(&mut log, |log, outcome| {
///     log.push(if outcome.is_success() { "done" } else { "failed" });
/// }) as log => {
///     log.push("work");
/// } }
/// assert_eq!(log, ["start", "work", "done"]);
///
/// let undo = |text: Option<String>, _: Outcome<'_>| assert!(text.is_none(), "it was taken");
/// let kept = with! { guard(Some(String::from("text")), undo) as text => { text.take() } };
/// assert_eq!(kept.as_deref(), Some("text"));
/// ```
pub fn guard<T, F, V>(value: T, release: F) -> Guard<T, F, V::Verdict>
where
    F: FnOnce(T, Outcome<'_>) -> V,
    V: Release,
{
    Guard::new(value, release, |release, value, outcome| {
        release(value, outcome).verdict()
    })
}

/// The manager that [`guard`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Guard, guard};
/// let guard: Guard<u8, _, _> = guard(7, |_, _| ());
/// # drop(guard);
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Guard<T, F, V> {
    held: Once<T, F>,
    /// A function pointer, so that the impl below has no bound on `F`: when the compiler checks whether a future
    /// is `Send`, it has erased lifetimes, and cannot see that those in `T` and in `F` are the same.
    call: fn(F, T, Outcome<'_>) -> V,
}

impl<T, F, V> Guard<T, F, V> {
    pub(super) fn new(value: T, release: F, call: fn(F, T, Outcome<'_>) -> V) -> Self {
        let held = Once::new(value, release);
        Self { held, call }
    }
}

impl<T, F, V> Unpin for Guard<T, F, V> {}

impl<T: fmt::Debug, F, V> fmt::Debug for Guard<T, F, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guard").field(&self.held).finish()
    }
}

impl<T, F, V> ContextManager for Guard<T, F, V>
where
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    #[inline]
    #[track_caller]
    fn enter(&mut self) -> Result<&mut T, V::Error> {
        Ok(self.held.value())
    }

    #[inline]
    fn exit(&mut self, outcome: Outcome<'_>) -> V {
        let (value, release) = self.held.take();
        (self.call)(release, value, outcome)
    }
}
