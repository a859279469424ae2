//! The spans that blocks have entered, which are left while the function is suspended.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use tracing::Span;

use crate::contextlib::span::{enter, exit};

/// Outermost first. There is a lock only so that a future with a reference to it is `Send`.
pub(super) struct Spans(Mutex<Entered>);

struct Entered {
    spans: Vec<Span>,
    is_suspended: bool,
}

impl Spans {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Entered {
            spans: Vec::new(),
            is_suspended: false,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Entered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A block has entered one.
    pub(super) fn push(&self, span: Span) {
        self.lock().spans.push(span);
    }

    /// The block that has entered the newest one is about to exit: it must find it entered.
    pub(super) fn pop(&self) {
        let mut entered = self.lock();
        let span = entered.spans.pop();
        if let (Some(span), true) = (span, entered.is_suspended) {
            enter(&span);
        }
    }

    pub(super) fn suspend(&self) {
        let mut entered = self.lock();
        if !core::mem::replace(&mut entered.is_suspended, true) {
            entered.spans.iter().rev().for_each(exit);
        }
    }

    pub(super) fn resume(&self) {
        let mut entered = self.lock();
        if core::mem::replace(&mut entered.is_suspended, false) {
            entered.spans.iter().for_each(enter);
        }
    }
}
