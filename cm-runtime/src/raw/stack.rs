//! The entries of an exit stack: places that do not move while values lent from them are alive.
//!
//! # Invariants
//! 1. An entry has a box of its own, which is leaked when it is made and only reached through its
//!    pointer. So the vector may grow, and the stack move, while lent values are alive.
//! 2. A lent value borrows the entries, shared. An entry that has lent is taken out through an
//!    exclusive borrow only, when no such value is alive; through a shared one only entries that
//!    lend nothing are.
//! 3. The pointer of an entry is in one [`Taken`], in the vector or out of it, which frees it.
//! 4. The vector is borrowed in [`Entries::slots`] only, for a function that runs no code of users,
//!    so that there is no second borrow meanwhile; and `Entries` is not `Sync`: an async stack keeps
//!    it behind a lock.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::UnsafeCell;
use core::mem::ManuallyDrop;
use core::panic::Location;
use core::pin::Pin;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Owns its entries, which are trait objects `D`.
pub(crate) struct Entries<D: ?Sized> {
    slots: UnsafeCell<Vec<Taken<D>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain = 0,
    Lent = 1,
    /// Has lent, and is not to exit.
    Dismissed = 2,
}

/// An entry: in the vector, or taken out of it.
pub(crate) struct Taken<D: ?Sized> {
    entry: NonNull<D>,
    /// The identifier, and the kind in the last two bits.
    mark: usize,
}

/// An entry, with the place where it was put into the stack.
pub(crate) struct Placed<T> {
    pub(crate) entry: T,
    pub(crate) place: &'static Location<'static>,
}

impl<T> Placed<T> {
    #[inline]
    pub(crate) fn entry(self: Pin<&mut Self>) -> Pin<&mut T> {
        // SAFETY: `entry` is pinned when `self` is: it is moved out only of an unpinned `Placed`,
        // which is `Unpin` only if `T` is, and has no `Drop`.
        unsafe { self.map_unchecked_mut(|placed| &mut placed.entry) }
    }

    #[inline]
    pub(crate) fn place(self: Pin<&mut Self>) -> &'static Location<'static> {
        // SAFETY: nothing is moved.
        unsafe { self.get_unchecked_mut() }.place
    }
}

impl<D: ?Sized> Entries<D> {
    pub(crate) const fn new() -> Self {
        Self {
            slots: UnsafeCell::new(Vec::new()),
        }
    }

    /// `f` runs no code of users: it moves pointers.
    #[inline]
    fn slots<R>(&self, f: impl FnOnce(&mut Vec<Taken<D>>) -> R) -> R {
        // SAFETY: there is no other borrow (invariant 4).
        f(unsafe { &mut *self.slots.get() })
    }

    /// Adds an entry that lends nothing.
    #[inline]
    pub(crate) fn push(&self, entry: Box<D>) -> usize {
        let taken = Taken::new(NonNull::from(Box::leak(entry)), Kind::Plain);
        let id = taken.id();
        self.add(taken);
        id
    }

    /// Adds an entry that lends: what `enter` makes of it. If that fails, nothing is added.
    pub(crate) fn enter<'a, T: 'a, V, E>(
        &'a self,
        entry: T,
        unsize: impl FnOnce(NonNull<T>) -> NonNull<D>,
        enter: impl FnOnce(Pin<&'a mut T>) -> Result<V, E>,
    ) -> Result<(V, usize), E> {
        // SAFETY: it goes into these entries, or is dropped with nothing lent.
        let (taken, pinned) = unsafe { Taken::lending(Box::new(entry), unsize) };
        let value = enter(pinned)?;
        let id = taken.id();
        self.add(taken);
        Ok((value, id))
    }

    /// Adds an entry that has been made already.
    pub(super) fn add(&self, taken: Taken<D>) {
        self.slots(|slots| slots.push(taken));
    }

    /// The newest entry. No value that the entries have lent is alive.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Taken<D>> {
        self.slots.get_mut().pop()
    }

    /// An entry that lends nothing, by its identifier.
    pub(crate) fn take_plain(&self, id: usize) -> Option<Taken<D>> {
        self.slots(|slots| {
            let found = |slot: &Taken<D>| slot.id() == id && slot.is(Kind::Plain);
            let at = slots.iter().rposition(found)?;
            Some(slots.remove(at))
        })
    }

    /// An entry that has lent, and is to exit. No value that the entries have lent is alive.
    pub(crate) fn take_lent(&mut self, id: usize) -> Option<Taken<D>> {
        let slots = self.slots.get_mut();
        let found = |slot: &Taken<D>| slot.id() == id && slot.is(Kind::Lent);
        let at = slots.iter().rposition(found)?;
        Some(slots.remove(at))
    }

    /// Lets an entry that has lent stay, without an exit; whether it was there.
    pub(crate) fn dismiss_lent(&self, id: usize) -> bool {
        self.slots(|slots| {
            let found = |slot: &&mut Taken<D>| slot.id() == id && slot.is(Kind::Lent);
            let slot = slots.iter_mut().rev().find(found);
            slot.map(|slot| slot.mark += Kind::Dismissed as usize - Kind::Lent as usize)
                .is_some()
        })
    }

    /// All entries, in an owner of their own.
    pub(crate) fn take_all(&mut self) -> Self {
        core::mem::replace(self, Self::new())
    }

    /// Puts the entries of `other` on top.
    pub(crate) fn append(&self, mut other: Self) {
        self.slots(|slots| slots.append(other.slots.get_mut()));
    }

    pub(crate) fn len(&self) -> usize {
        self.slots(|slots| slots.len())
    }
}

impl<D: ?Sized> Taken<D> {
    /// An entry that is to lend, in its box, and the entry for entering it.
    ///
    /// # Safety
    /// What this returns goes into one `Entries`, which is borrowed shared for `'a`, or is dropped
    /// without the pinned entry, or what it has lent, being used any more.
    pub(super) unsafe fn lending<'a, T>(
        entry: Box<T>,
        unsize: impl FnOnce(NonNull<T>) -> NonNull<D>,
    ) -> (Self, Pin<&'a mut T>) {
        let entry = NonNull::from(Box::leak(entry));
        // SAFETY: the entry is in a box that is not moved until it is freed. This is the only use of
        // its pointer for as long as `'a`: until then it is not taken out of the `Entries` again
        // (invariant 2), and what the vector holds is not used; or, says the caller, it is not used.
        let pinned = unsafe { Pin::new_unchecked(&mut *entry.as_ptr()) };
        (Self::new(unsize(entry), Kind::Lent), pinned)
    }

    /// Makes an entry with an identifier that no entry of any stack has had. (When all identifiers have been used they
    /// repeat, and a key can find another entry. No invariant rests on that, since it is an entry of the same kind.)
    #[inline]
    fn new(entry: NonNull<D>, kind: Kind) -> Self {
        Self {
            entry,
            mark: next_id() + kind as usize,
        }
    }

    pub(super) fn id(&self) -> usize {
        self.mark / 4
    }

    #[inline]
    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.mark % 4 == kind as usize
    }

    #[inline]
    pub(crate) fn into_box(self) -> Pin<Box<D>> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the pointer is that of a leaked box, this was its only owner (invariant 3), and no
        // value that it has lent is alive (2). It has not been moved since it was made.
        unsafe { Pin::new_unchecked(Box::from_raw(this.entry.as_ptr())) }
    }
}

/// An identifier, with the last two bits left for the kind.
#[inline]
fn next_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    #[cfg(target_has_atomic = "ptr")]
    let id = NEXT.fetch_add(4, Ordering::Relaxed);
    // Where nothing can be added atomically, what interrupts between these two may get the same one.
    #[cfg(not(target_has_atomic = "ptr"))]
    let id = {
        let id = NEXT.load(Ordering::Relaxed);
        NEXT.store(id.wrapping_add(4), Ordering::Relaxed);
        id
    };
    id
}

impl<D: ?Sized> Drop for Taken<D> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the pointer is that of a leaked box, and this is its only owner (invariant 3).
        drop(unsafe { Box::from_raw(self.entry.as_ptr()) });
    }
}

// SAFETY: it owns the entry, as a box does.
unsafe impl<D: ?Sized + Send> Send for Taken<D> {}
