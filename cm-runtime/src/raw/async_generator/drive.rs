//! The polls of a generator: up to its yield, from there to its end, and where exit cannot be awaited.
//!
//! # Invariants
//! Of those of [`async_generator`](super), the code here keeps 2 (each phase has the channel that it
//! stands for), 3 (the handshake comes first, once) and 5 (a [`Finish`] that is dropped half-way drops
//! the frame). It rests on 4 where it hands out a value: the poll is pending, and its channel full.

use core::future::Future;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use super::AsyncGenerator;
use super::slot::Phase;
use crate::generator::Started;
use crate::lends::{Lends, Lent};
use crate::outcome::Outcome;
use crate::verdict::Verdict;

impl<L, F> AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    #[inline]
    pub(crate) fn start(self: Pin<&mut Self>) -> Start<'_, L, F> {
        Start {
            generator: Some(self),
            has_begun: false,
        }
    }

    #[inline]
    pub(crate) fn finish<'s, 'o>(
        self: Pin<&'s mut Self>,
        outcome: Outcome<'o, <F::Output as Verdict>::View>,
    ) -> Finish<'s, 'o, L, F> {
        Finish {
            generator: Some(self),
            outcome: Some(outcome),
            phase: Phase::Finishing,
            has_begun: false,
            replaces: false,
        }
    }

    /// For when exit cannot be awaited. At its yield the frame is resumed for one poll, before that not at all; then it
    /// is dropped.
    pub(crate) fn cancel(
        mut self: Pin<&mut Self>,
        outcome: Outcome<'_, <F::Output as Verdict>::View>,
    ) -> Option<F::Output> {
        match self.as_mut().slot().phase.get() {
            Phase::Fresh | Phase::Starting => self.discard(),
            Phase::Lent => {
                return self.resume_once(outcome, Phase::Cancelling);
            }
            Phase::Finishing
            | Phase::Cancelling
            | Phase::Dismissing
            | Phase::Replacing
            | Phase::Gone => {}
        }
        None
    }

    /// Drops the manager in a frame that has lent, without an exit.
    #[cfg(feature = "std")]
    pub(crate) fn dismiss(mut self: Pin<&mut Self>) {
        if self.as_mut().slot().phase.get() == Phase::Lent {
            self.resume_once(Outcome::Cancelled, Phase::Dismissing);
        }
    }

    fn resume_once(
        self: Pin<&mut Self>,
        outcome: Outcome<'_, <F::Output as Verdict>::View>,
        phase: Phase,
    ) -> Option<F::Output> {
        let mut finish = self.finish(outcome);
        finish.phase = phase;
        match finish.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(ended) => ended,
            Poll::Pending => None,
        }
    }
}

/// The poll of a generator up to its yield.
pub(crate) struct Start<'s, L: ?Sized, F> {
    /// Until it has lent or ended.
    generator: Option<Pin<&'s mut AsyncGenerator<L, F>>>,
    has_begun: bool,
}

impl<'s, L, F> Start<'s, L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Started<Lent<'s, L>, F::Output>> {
        let Some(generator) = &mut self.generator else {
            return Poll::Ready(Started::Again);
        };
        if !self.has_begun {
            if generator.as_mut().slot().phase.get() != Phase::Fresh {
                self.generator = None;
                return Poll::Ready(Started::Again);
            }
            self.has_begun = true;
            generator.as_mut().slot().phase.set(Phase::Starting);
            generator.as_mut().shake_hands();
        }
        // Not dropped here: if the frame has ended although it has lent, what the value borrows is gone.
        let mut value = ManuallyDrop::new(None::<Lent<'s, L>>);
        let channel = (&raw mut value).cast();
        // SAFETY: the phase is `Starting`, and its channel this one, which is looked into behind the
        // poll only.
        let polled = unsafe { generator.as_mut().poll(context, channel) };
        let started = match polled {
            Poll::Ready(ended) => {
                generator.as_mut().discard();
                Started::Ended(ended)
            }
            Poll::Pending => match ManuallyDrop::into_inner(value) {
                Some(value) => {
                    generator.as_mut().slot().phase.set(Phase::Lent);
                    Started::Lent(value)
                }
                None => return Poll::Pending,
            },
        };
        self.generator = None;
        Poll::Ready(started)
    }
}

impl<L: ?Sized, F> Drop for Start<'_, L, F> {
    fn drop(&mut self) {
        if let (Some(generator), true) = (&mut self.generator, self.has_begun) {
            generator.as_mut().discard();
        }
    }
}

/// The poll of a generator from its yield to its end.
pub(crate) struct Finish<'s, 'o, L: ?Sized, F: Future<Output: Verdict>> {
    /// Until it has ended.
    generator: Option<Pin<&'s mut AsyncGenerator<L, F>>>,
    outcome: Option<Outcome<'o, <F::Output as Verdict>::View>>,
    /// The phase during its polls.
    phase: Phase,
    has_begun: bool,
    replaces: bool,
}

impl<L, F> Finish<'_, '_, L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    /// `None`: it is not at its yield.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        let Some(generator) = &mut self.generator else {
            return Poll::Ready(None);
        };
        if !self.has_begun {
            if generator.as_mut().slot().phase.get() != Phase::Lent {
                self.generator = None;
                return Poll::Ready(None);
            }
            self.has_begun = true;
            generator.as_mut().slot().phase.set(self.phase);
        }
        let channel = (&raw mut self.outcome).cast();
        // SAFETY: the phase is `Finishing` or one of its kin, the channel of which is the outcome;
        // here it is not used.
        match unsafe { generator.as_mut().poll(context, channel) } {
            Poll::Ready(ended) => {
                self.replaces = generator.as_mut().slot().phase.get() == Phase::Replacing;
                generator.as_mut().discard();
                self.generator = None;
                Poll::Ready(Some(ended))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    /// When it has ended: whether its error replaces the failure that it was told.
    #[cfg(feature = "std")]
    pub(crate) fn replaces(&self) -> bool {
        self.replaces
    }
}

impl<L: ?Sized, F: Future<Output: Verdict>> Drop for Finish<'_, '_, L, F> {
    fn drop(&mut self) {
        if let (Some(generator), true) = (&mut self.generator, self.has_begun) {
            generator.as_mut().discard();
        }
    }
}
