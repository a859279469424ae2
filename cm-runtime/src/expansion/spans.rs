//! The spans that blocks have entered, which are left while the function is suspended.
//!
//! To leave a span calls the subscriber, after the poll that suspends the function. By then that poll may have lent
//! a value, so the subscriber's panic must not unwind the frame. It is caught, and goes on at the next poll of
//! the await that was suspended.

use core::any::Any;
use std::boxed::Box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::vec::Vec;

use tracing::Span;

use crate::contextlib::span::{enter, exit};

/// The spans, outermost first. The lock is there only so that a future with a reference to it is `Send`.
pub(super) struct Spans(Mutex<Entered>);

struct Entered {
    spans: Vec<Span>,
    is_suspended: bool,
    /// The first panic of a subscriber while the function was being suspended, and where that was.
    panic: Option<(usize, Box<dyn Any + Send>)>,
}

impl Spans {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Entered {
            spans: Vec::new(),
            is_suspended: false,
            panic: None,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Entered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A block has entered a span.
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

    /// The function has been suspended at `place`, an address. It does not panic.
    pub(super) fn suspend(&self, place: usize) {
        let mut entered = self.lock();
        let Entered {
            spans,
            is_suspended,
            panic,
        } = &mut *entered;
        if !core::mem::replace(is_suspended, true) {
            for span in spans.iter().rev() {
                if let Err(payload) = catch_unwind(AssertUnwindSafe(|| exit(span))) {
                    match panic {
                        None => *panic = Some((place, payload)),
                        // Not dropped: that might panic as well.
                        Some(_) => core::mem::forget(payload),
                    }
                }
            }
        }
    }

    /// The function is resumed, and polls the await at `place`, which may be inside of the one that was suspended.
    ///
    /// # Panics
    /// If a subscriber did: in `suspend` at the same place, or now.
    pub(super) fn resume(&self, place: usize) {
        let mut entered = self.lock();
        if core::mem::replace(&mut entered.is_suspended, false) {
            entered.spans.iter().for_each(enter);
        }
        if let Some((_, payload)) = entered.panic.take_if(|(of, _)| *of == place) {
            drop(entered);
            resume_unwind(payload);
        }
    }
}
