//! What a generator and its frame both know, and how the frame knows it.
//!
//! # Invariants
//! Of those of [`async_generator`](super), the code here rests on 1 (a slot is used by one thread at a
//! time, and goes from thread to thread together with its frame) and 2 (the phase says what the channel
//! is, whose address is there during one poll only).

use core::cell::Cell;
use core::ptr;

/// What a generator and its frame both know.
pub(super) struct Slot {
    pub(super) phase: Cell<Phase>,
    pub(super) channel: Cell<*mut ()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Fresh,
    Starting,
    Lent,
    Finishing,
    /// As `Finishing`, for one poll.
    Cancelling,
    /// As `Cancelling`, of a manager that is not to exit.
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "for stacks"))]
    Dismissing,
    /// At the end of `Finishing`: the frame has noted that its manager's error replaces the failure
    /// that exit was told.
    #[cfg_attr(not(feature = "std"), allow(dead_code, reason = "for stacks"))]
    Replacing,
    Gone,
}

impl Slot {
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            phase: Cell::new(Phase::Fresh),
            channel: Cell::new(ptr::null_mut()),
        }
    }
}

// SAFETY: the channel is an address that is there only during a poll, and a poll stays on one thread
// (invariants 1 and 2).
unsafe impl Send for Slot {}

/// Where a frame's slot is.
pub(super) struct Address(pub(super) *const Slot);

// SAFETY: a frame goes from thread to thread together with its slot (invariant 1).
unsafe impl Send for Address {}
