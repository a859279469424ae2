//! The verdict of a closure that does not return: `stack.callback(|| todo!())`.

use core::convert::Infallible;

use super::{Verdict, sealed};
use crate::__private::classify::NoError;
use crate::__private::never::Never;
use crate::outcome::Shown;

impl sealed::Sealed for Never {}

/// For closures that are not written yet: `|| todo!()`.
#[diagnostic::do_not_recommend]
impl Verdict for Never {
    type Error = Infallible;
    type View = Shown;
    type Block<T> = T;
    type Entered<T> = T;
    type Unfailing = Self;
    type Raise<B> = B;
    type Token = Self;
    type Replacement = Self;
    type Lost = NoError;

    fn nothing() -> Self {
        unreachable!("an exit that does not return was not called")
    }
    fn failing(error: Infallible) -> Self {
        match error {}
    }
    fn lost(error: Infallible) -> NoError {
        match error {}
    }
    fn answer(verdict: Self) -> Result<Option<Self>, Infallible> {
        verdict
    }
    fn entered<T>(entered: Result<T, Infallible>) -> T {
        match entered {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }
    fn value<T>(value: T) -> T {
        value
    }
    fn raise<B>(error: Infallible) -> B {
        match error {}
    }
    fn failed(error: Infallible) -> Self {
        match error {}
    }
    fn suppressed(token: Self) -> Self {
        token
    }
    fn block<T>(replacement: Self) -> T {
        replacement
    }
    fn body<T>(block: &T) -> Option<&T> {
        Some(block)
    }
}
