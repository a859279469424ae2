//! Wakers that carry an address.
//!
//! They wake nothing. A yield, or a handshake, that is polled with one knows by the address of its vtable what it
//! carries.
//!
//! # Invariants
//! 1. Nothing else has the address of a carrier's vtable: each is a static, with contents of its own. That it is a
//!    static does not suffice. Some linkers fold constants with the same contents into one; MSVC's does, in every
//!    optimized program (`/OPT:ICF`).
//! 2. The functions of the vtables do not touch the data, and may be called on any thread. Clones carry nothing.

use core::mem::ManuallyDrop;
use core::ptr;
use core::task::{RawWaker, RawWakerVTable, Waker};

/// What makes wakers that carry an address: a vtable, and what keeps its contents apart (invariant 1).
#[repr(C)]
pub(super) struct Carrier {
    vtable: RawWakerVTable,
    _mark: Mark,
    /// A program may have two versions of this crate.
    _version: &'static str,
}

#[repr(u8)]
enum Mark {
    Cloned,
    Starting,
    Finishing,
    Handshake,
}

static CLONED: Carrier = Carrier::new(Mark::Cloned);

/// Carries the channel of a generator's `start`.
pub(super) static STARTING: Carrier = Carrier::new(Mark::Starting);

/// Carries the channel of a generator's `finish`.
pub(super) static FINISHING: Carrier = Carrier::new(Mark::Finishing);

/// Carries the slot of an async generator.
pub(super) static HANDSHAKE: Carrier = Carrier::new(Mark::Handshake);

impl Carrier {
    const fn new(mark: Mark) -> Self {
        let vtable = RawWakerVTable::new(
            |_| RawWaker::new(ptr::null(), &CLONED.vtable),
            drop,
            drop,
            drop,
        );
        Self {
            vtable,
            _mark: mark,
            _version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// Not dropped: that does nothing, but would be a call.
    #[inline]
    pub(super) fn carrying(&'static self, address: *const ()) -> ManuallyDrop<Waker> {
        // SAFETY: whatever the data is, the functions do not touch it (invariant 2).
        ManuallyDrop::new(unsafe { Waker::new(address, &self.vtable) })
    }

    /// What the waker carries, if it is one of this carrier's.
    #[inline]
    pub(super) fn carried<T>(&'static self, waker: &Waker) -> Option<*mut T> {
        ptr::eq(waker.vtable(), &raw const self.vtable).then(|| waker.data().cast_mut().cast())
    }
}
