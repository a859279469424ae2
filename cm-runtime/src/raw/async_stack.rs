//! The entries of an async exit stack: those of [`stack`](super::stack), behind a lock.
//!
//! # Invariants
//! Those of `stack`. The lock is held for functions that run no code of users only, as the vector is
//! borrowed there; so a stack can be shared between threads, and is not poisoned. And this:
//! 1. A [`Lasting<'s, T>`](Lasting) is made where `T: 's` is known. It is invariant in `T`, and `'s` can
//!    only be shortened in its type. So wherever there is one, `T: 's` holds, though the compiler may not
//!    know it there.

use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};
use std::boxed::Box;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::stack::{Entries, Taken};
use crate::exit_stack::{AsyncEntry, Origin, StackVerdict};

/// Owns its entries, which are trait objects `D`.
pub(crate) struct Shared<D: ?Sized>(Mutex<Entries<D>>);

impl<D: ?Sized> Shared<D> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Entries::new()))
    }

    /// For functions that run no code of users, such as moves of pointers.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Entries<D>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// No value that the entries have lent is alive.
    pub(crate) fn get_mut(&mut self) -> &mut Entries<D> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// A stack for entries that were taken out of another one.
    pub(crate) fn of(entries: Entries<D>) -> Self {
        Self(Mutex::new(entries))
    }
}

impl<'s, X: StackVerdict> Shared<dyn AsyncEntry<'s, X> + 's> {
    /// An entry that is to be entered, by what `start` makes of it, and then added.
    pub(crate) fn entering<'a, T: AsyncEntry<'s, X> + 'a, S>(
        &'a self,
        entry: Lasting<'s, T>,
        start: impl FnOnce(Pin<&'a mut T>) -> S,
    ) -> Entering<'a, dyn AsyncEntry<'s, X> + 's, S> {
        let unsize = |entry: NonNull<T>| {
            let entry: NonNull<dyn AsyncEntry<'s, X> + 'a> = entry;
            // SAFETY: `T: 's` holds (invariant 1). In nothing else do the types differ.
            unsafe {
                core::mem::transmute::<
                    NonNull<dyn AsyncEntry<'s, X> + 'a>,
                    NonNull<dyn AsyncEntry<'s, X> + 's>,
                >(entry)
            }
        };
        // SAFETY: it goes into these entries, or is dropped after `start`, which uses it.
        let (taken, pinned) = unsafe { Taken::lending(entry.entry, unsize) };
        Entering {
            start: start(pinned),
            taken: Some(taken),
            entries: self,
        }
    }
}

/// A boxed entry that may be in a stack for `'s`. That is asked for where it is made, not where it is
/// entered: the future that enters it would have a bound that relates lifetimes, and could not be
/// spawned inside of another one, as those of `join!` and `timeout` (rust-lang/rust#110338).
pub(crate) struct Lasting<'s, T> {
    entry: Box<T>,
    shortens: PhantomData<&'s ()>,
    invariant: PhantomData<fn(T) -> T>,
}

impl<'s, T: 's> Lasting<'s, T> {
    pub(crate) fn new(entry: T) -> Self {
        Self {
            entry: Box::new(entry),
            shortens: PhantomData,
            invariant: PhantomData,
        }
    }
}

/// An entry between its first poll and the stack.
pub(crate) struct Entering<'a, D: ?Sized, S> {
    /// Uses the entry: dropped before it.
    start: S,
    taken: Option<Taken<D>>,
    entries: &'a Shared<D>,
}

impl<D: ?Sized, S> Entering<'_, D, S> {
    /// `poll` is ready with what was lent, or an error.
    pub(crate) fn poll<V, E>(
        &mut self,
        context: &mut Context<'_>,
        poll: impl FnOnce(&mut S, &mut Context<'_>) -> Poll<Result<V, E>>,
    ) -> Poll<Result<(V, usize), E>> {
        poll(&mut self.start, context).map(|entered| {
            let value = entered?;
            let taken = self.taken.take().expect("it is ready once");
            let id = taken.id();
            self.entries.lock().add(taken);
            Ok((value, id))
        })
    }
}

/// An entry of an async stack, with the name of its type and where it was put there.
pub(crate) struct AsyncPlaced<T> {
    pub(crate) entry: T,
    pub(crate) origin: Origin,
}

impl<T> AsyncPlaced<T> {
    pub(crate) fn entry(self: Pin<&mut Self>) -> Pin<&mut T> {
        // SAFETY: `entry` is pinned when `self` is: it is never moved out, `self` is `Unpin` only if it
        // is, and has no `Drop`.
        unsafe { self.map_unchecked_mut(|placed| &mut placed.entry) }
    }

    pub(crate) fn its_origin(self: Pin<&mut Self>) -> Origin {
        // SAFETY: nothing is moved.
        unsafe { self.get_unchecked_mut() }.origin
    }
}
