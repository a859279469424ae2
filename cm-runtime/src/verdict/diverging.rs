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
    type Open<T> = T;
    type Raise<B> = B;
    type Token = Self;
    type Rep<T> = Self;
    type Lost = NoError;
    type OpenRep<T> = Self;

    fn nothing() -> Self {
        unreachable!("an exit that does not return was not called")
    }
    fn failing(error: Infallible) -> Self {
        match error {}
    }
    fn lost(error: Infallible) -> NoError {
        match error {}
    }
    fn answer(self) -> Result<Option<Self>, Infallible> {
        self
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
    fn open<T>(value: T) -> T {
        value
    }
    fn raise<B>(error: Infallible) -> B {
        match error {}
    }
    fn failed<T>(error: Infallible) -> Self {
        match error {}
    }
    fn suppressed<T>(token: Self) -> Self {
        token
    }
    fn open_suppressed<T>(token: Self) -> Self {
        token
    }
    fn block<T>(rep: Self) -> T {
        rep
    }
    fn open_block<T>(rep: Self) -> T {
        rep
    }
    fn body<T>(block: &T) -> Option<&T> {
        Some(block)
    }
    fn open_body<T>(block: &T) -> Option<&T> {
        Some(block)
    }
}
