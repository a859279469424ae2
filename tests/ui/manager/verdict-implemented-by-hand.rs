use std::convert::Infallible;

use cm_runtime::{Shown, Verdict};

enum Answer {}

impl Verdict for Answer {
    type Error = Infallible;
    type View = Shown;
    type Block<T> = T;
    type Entered<T> = T;
    type Open<T> = T;
    type Raise<B> = B;
    type Token = Infallible;
    type Rep<T> = Infallible;
    type OpenRep<T> = Infallible;
    fn nothing() -> Self {
        loop {}
    }
    fn answer(self) -> Result<Option<Infallible>, Infallible> {
        match self {}
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
    fn failed<T>(error: Infallible) -> Infallible {
        error
    }
    fn suppressed<T>(token: Infallible) -> Infallible {
        token
    }
    fn open_suppressed<T>(token: Infallible) -> Infallible {
        token
    }
    fn block<T>(rep: Infallible) -> T {
        match rep {}
    }
    fn open_block<T>(rep: Infallible) -> T {
        match rep {}
    }
}

fn main() {}
