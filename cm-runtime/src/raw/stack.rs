//! The entries of an exit stack: places that do not move while values lent from them are alive.
//!
//! # Invariants
//! 1. An entry has a box of its own, which is leaked when it is made and only reached through its
//!    pointer. So the vector may grow, and the stack move, while lent values are alive.
//! 2. A lent value borrows the entries, shared. An entry that has lent is taken out through an
//!    exclusive borrow only, when no such value is alive; through a shared one only entries that
//!    lend nothing are.
//! 3. The pointer of an entry is in one place: in the vector, or in the one [`Taken`] that was made
//!    of it, which frees it.
//! 4. The vector is not borrowed while code of users runs.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::mem::ManuallyDrop;
use core::panic::Location;
use core::pin::Pin;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::exit_stack::StackVerdict;
use crate::exit_stack::entry::Entry;

type Pointer<'s, X> = NonNull<dyn Entry<'s, X> + 's>;

/// Owns its entries; `'s` and `X` are invariant, since they stand in a trait object.
pub(crate) struct Entries<'s, X: StackVerdict> {
    slots: RefCell<Vec<Slot<'s, X>>>,
}

struct Slot<'s, X: StackVerdict> {
    entry: Pointer<'s, X>,
    id: usize,
    kind: Kind,
    place: &'static Location<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Lent,
    /// Has lent, and is not to exit.
    Dismissed,
}

/// An entry that is no longer in the stack.
pub(crate) struct Taken<'s, X: StackVerdict> {
    entry: Pointer<'s, X>,
    pub(crate) kind: Kind,
    pub(crate) place: &'static Location<'static>,
}

/// An identifier that no entry of any stack has had.
fn new_id() -> usize {
    static LAST: AtomicUsize = AtomicUsize::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

impl<'s, X: StackVerdict> Entries<'s, X> {
    pub(crate) const fn new() -> Self {
        Self {
            slots: RefCell::new(Vec::new()),
        }
    }

    fn add(&self, taken: Taken<'s, X>) -> usize {
        let (id, taken) = (new_id(), ManuallyDrop::new(taken));
        self.slots.borrow_mut().push(Slot {
            entry: taken.entry,
            id,
            kind: taken.kind,
            place: taken.place,
        });
        id
    }

    /// Adds an entry that lends nothing.
    pub(crate) fn push(
        &self,
        entry: impl Entry<'s, X> + 's,
        place: &'static Location<'static>,
    ) -> usize {
        let entry: Box<dyn Entry<'s, X> + 's> = Box::new(entry);
        self.add(Taken {
            entry: NonNull::from(Box::leak(entry)),
            kind: Kind::Plain,
            place,
        })
    }

    /// Adds an entry that lends: what `enter` makes of it. If that fails, nothing is added.
    pub(crate) fn enter<'a, M, T, E>(
        &'a self,
        entry: M,
        place: &'static Location<'static>,
        enter: impl FnOnce(Pin<&'a mut M>) -> Result<T, E>,
    ) -> Result<(T, usize), E>
    where
        M: Entry<'s, X> + 's,
    {
        let entry = NonNull::from(Box::leak(Box::new(entry)));
        let erased: Pointer<'s, X> = entry;
        // Frees it unless it gets into the vector.
        let taken = Taken {
            entry: erased,
            kind: Kind::Lent,
            place,
        };
        // SAFETY: the entry is in a box that is not moved until it is freed. This is the only use of
        // its pointer for as long as `'a`, for which `self` is borrowed shared: until then the entry
        // is not taken out again (invariant 2), and what the vector holds is not used.
        let pinned = unsafe { Pin::new_unchecked(&mut *entry.as_ptr()) };
        let value = enter(pinned)?;
        Ok((value, self.add(taken)))
    }

    /// The newest entry. No value that the entries have lent is alive.
    pub(crate) fn pop(&mut self) -> Option<Taken<'s, X>> {
        self.slots.get_mut().pop().map(Slot::taken)
    }

    /// An entry that lends nothing, by its identifier.
    pub(crate) fn take_plain(&self, id: usize) -> Option<Taken<'s, X>> {
        let mut slots = self.slots.borrow_mut();
        let found = |slot: &Slot<'s, X>| slot.id == id && slot.kind == Kind::Plain;
        let at = slots.iter().rposition(found)?;
        Some(slots.remove(at).taken())
    }

    /// An entry that has lent. No value that the entries have lent is alive.
    pub(crate) fn take_lent(&mut self, id: usize) -> Option<Taken<'s, X>> {
        let slots = self.slots.get_mut();
        let at = slots.iter().rposition(|slot| slot.id == id)?;
        Some(slots.remove(at).taken())
    }

    /// Lets an entry that has lent stay, without an exit; whether it was there.
    pub(crate) fn dismiss_lent(&self, id: usize) -> bool {
        let mut slots = self.slots.borrow_mut();
        let slot = slots.iter_mut().rev().find(|slot| slot.id == id);
        slot.is_some_and(|slot| core::mem::replace(&mut slot.kind, Kind::Dismissed) == Kind::Lent)
    }

    /// All entries, in an owner of their own.
    pub(crate) fn take_all(&mut self) -> Self {
        core::mem::replace(self, Self::new())
    }

    /// Puts the entries of `other` on top.
    pub(crate) fn append(&self, mut other: Self) {
        self.slots.borrow_mut().append(other.slots.get_mut());
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.borrow().len()
    }
}

impl<'s, X: StackVerdict> Slot<'s, X> {
    fn taken(self) -> Taken<'s, X> {
        Taken {
            entry: self.entry,
            kind: self.kind,
            place: self.place,
        }
    }
}

impl<'s, X: StackVerdict> Taken<'s, X> {
    pub(crate) fn as_pin_mut(&mut self) -> Pin<&mut (dyn Entry<'s, X> + 's)> {
        // SAFETY: the entry is this value's own (invariant 3), no value that it has lent is alive
        // (2), and it stays in its box until it is freed.
        unsafe { Pin::new_unchecked(self.entry.as_mut()) }
    }
}

impl<X: StackVerdict> Drop for Taken<'_, X> {
    fn drop(&mut self) {
        // SAFETY: the pointer is that of a leaked box, and this is its only owner (invariant 3).
        drop(unsafe { Box::from_raw(self.entry.as_ptr()) });
    }
}

impl<X: StackVerdict> Drop for Entries<'_, X> {
    fn drop(&mut self) {
        while let Some(taken) = self.pop() {
            drop(taken);
        }
    }
}
