//! The enters of an async stack.

use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::AsyncExitStack;
use super::entry::AsyncEntry;
use crate::exit_stack::LentKey;
use crate::exit_stack::entry::Origin;
use crate::exit_stack::verdicts::{Expressible, StackVerdict};
use crate::lends::{Lends, Lent};
use crate::raw::{self, AsyncGenerator, AsyncPlaced, Start};
use crate::verdict::Verdict;

/// A manager that a stack is to enter, when this is awaited.
///
/// The entries of a stack have to be [`Send`], and so has this manager with what its enter and exit
/// keep across their awaits: that is found out by the `.await`, where the manager is known.
///
/// ```
/// use cm_runtime::{AsyncExitStack, contextlib::guard};
/// let stack = AsyncExitStack::new();
/// drop(stack.enter_sync(guard(7, |_, _| ()))); // is not awaited, and enters nothing
/// assert!(stack.is_empty());
/// ```
#[must_use = "nothing is entered before this is awaited"]
pub struct Entering<'a, 's, X: StackVerdict, L: ?Sized, F, K> {
    pub(super) stack: &'a AsyncExitStack<'s, X>,
    pub(super) generator: AsyncGenerator<L, F>,
    pub(super) origin: Origin,
    pub(super) gives: PhantomData<fn() -> K>,
}

impl<X: StackVerdict, L: ?Sized, F, K> core::fmt::Debug for Entering<'_, '_, X, L, F, K> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entering").finish_non_exhaustive()
    }
}

/// What entering gives: the value, or the value and its key.
pub trait Gives {
    #[doc(hidden)]
    type Of<T>;
    #[doc(hidden)]
    fn of<T>(value: T, key: LentKey) -> Self::Of<T>;
}

/// The value.
#[derive(Debug)]
pub enum Value {}

/// The value and its key.
#[derive(Debug)]
pub enum Keyed {}

impl Gives for Value {
    type Of<T> = T;
    fn of<T>(value: T, _: LentKey) -> T {
        value
    }
}

impl Gives for Keyed {
    type Of<T> = (T, LentKey);
    fn of<T>(value: T, key: LentKey) -> (T, LentKey) {
        (value, key)
    }
}

impl<'a, 's, X, L, F, K> IntoFuture for Entering<'a, 's, X, L, F, K>
where
    X: StackVerdict,
    L: ?Sized + Lends + 's,
    F: Future<Output: Expressible<X>> + Send + 's,
    K: Gives,
{
    type Output = <F::Output as Verdict>::Entered<K::Of<Lent<'a, L>>>;
    type IntoFuture = Entered<'a, 's, X, L, F, K>;

    fn into_future(self) -> Self::IntoFuture {
        let placed = AsyncPlaced {
            entry: self.generator,
            origin: self.origin,
        };
        let unsize = |entry: NonNull<AsyncPlaced<AsyncGenerator<L, F>>>| {
            entry as NonNull<dyn AsyncEntry<'s, X> + 's>
        };
        let entries = &self.stack.entries;
        Entered {
            entering: entries.entering(placed, unsize, |placed| placed.entry().start()),
            gives: PhantomData,
        }
    }
}

/// The future of [`Entering`].
pub struct Entered<'a, 's, X: StackVerdict, L: ?Sized, F, K> {
    entering: raw::Entering<'a, dyn AsyncEntry<'s, X> + 's, Start<'a, L, F>>,
    gives: PhantomData<fn() -> K>,
}

impl<'a, X, L, F, K> Future for Entered<'a, '_, X, L, F, K>
where
    X: StackVerdict,
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
    K: Gives,
{
    type Output = <F::Output as Verdict>::Entered<K::Of<Lent<'a, L>>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let entered = self.entering.poll(context, |start, context| {
            start.poll(context).map(crate::async_generator::entered)
        });
        entered.map(|entered| {
            <F::Output as Verdict>::entered(entered.map(|(value, id)| K::of(value, LentKey { id })))
        })
    }
}

impl<X: StackVerdict, L: ?Sized, F, K> core::fmt::Debug for Entered<'_, '_, X, L, F, K> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Entered").finish_non_exhaustive()
    }
}
