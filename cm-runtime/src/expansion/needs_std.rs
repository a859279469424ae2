//! Replacements, without `std`, for the functions of [`captured`](super::captured) that need it: to use one is one
//! error, which says so.

use core::any::Any;
use core::future::{Future, Ready};
use core::pin::Pin;

pub use super::captured::Slot as SharedSlot;

type Payload = &'static (dyn Any + Send);

#[diagnostic::on_unimplemented(
    message = "`=> catch` needs the feature `std` of `cm-runtime`",
    label = "nothing catches a panic without `std`"
)]
pub trait CatchesPanics {}

#[diagnostic::on_unimplemented(
    message = "a macro call that leaves and awaits needs the feature `std` of `cm-runtime`",
    label = "without `std`, take `?` and `return` out of its arguments"
)]
pub trait LeavesAndAwaits {}

pub fn catch_run<F: Future + CatchesPanics>(_: Pin<&mut F>) -> Result<Option<F::Output>, Payload> {
    unreachable!()
}

pub fn catch_drive<F: Future + CatchesPanics, T>(
    _: &SharedSlot<T>,
    _: Pin<&mut F>,
) -> Ready<Result<Option<F::Output>, Payload>> {
    unreachable!()
}

pub fn drive<F: Future + LeavesAndAwaits, T>(
    _: &SharedSlot<T>,
    _: Pin<&mut F>,
) -> Ready<Option<F::Output>> {
    unreachable!()
}

pub fn resume(_: Payload) -> ! {
    unreachable!()
}
