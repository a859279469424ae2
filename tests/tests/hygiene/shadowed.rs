//! Names of the prelude and of crates mean something else where the macros are used.

use super::{Counter, block_on};
use ::cm_runtime::{Suppress, context_manager, with, within};

mod core {}
mod std {}
mod alloc {}
mod cm_runtime {}
mod cm_macros {}
mod __private {}

type Fine<T, E> = ::std::result::Result<T, E>;

struct Option;
struct Result;
struct Box;
struct Pin;
struct String;
struct Vec;
struct PhantomData;
struct Infallible;
struct Outcome;
struct Scope;
struct Kind;
struct Generator;
struct Lend;
struct Owned;
trait Send {}
trait Sync {}
trait Sized {}
trait Copy {}
trait Fn {}
trait FnOnce {}
trait Future {}
trait IntoFuture {}
trait Drop {}
trait Into {}
trait From {}

#[derive(Debug, PartialEq)]
enum Mine {
    Ok,
    Err,
    Some,
    None,
    Continue,
    Break,
    Leave,
    Ready,
}
use Mine::*;

#[allow(unused_macros)]
macro_rules! pin {
    ($($any:tt)*) => {
        compile_error!("a macro of the user's")
    };
}
#[allow(unused_macros)]
macro_rules! panic {
    ($($any:tt)*) => {
        compile_error!("a macro of the user's")
    };
}
#[allow(unused_macros)]
macro_rules! println {
    ($($any:tt)*) => {
        compile_error!("a macro of the user's")
    };
}
#[allow(unused_macros)]
macro_rules! matches {
    ($($any:tt)*) => {
        compile_error!("a macro of the user's")
    };
}
#[allow(unused_macros)]
macro_rules! unreachable {
    ($($any:tt)*) => {
        compile_error!("a macro of the user's")
    };
}

#[context_manager(yields = &mut u32)]
fn lends(mut number: u32) -> Fine<(), &'static str> {
    if number == 7 {
        return Fine::Err("seven");
    }
    let outcome = yield_!(&mut number);
    if outcome.is_success() {
        Fine::Ok(())
    } else {
        Fine::Err("exit")
    }
}

#[context_manager]
fn suppresses() -> Suppress {
    Suppress::when(!yield_!().is_success())
}

#[within(lends(n)? as number)]
fn decorated(n: u32, text: &str) -> Fine<u32, ::std::boxed::Box<dyn ::std::error::Error>> {
    *number += text.parse::<u32>()?;
    Fine::Ok(*number)
}

fn leaves(text: &str) -> Fine<u32, ::std::boxed::Box<dyn ::std::error::Error>> {
    let mut counter = Counter::new(1);
    let mut rounds = 0;
    let found = loop {
        rounds += 1;
        with! { &mut counter as number, suppresses() => {
            if rounds == 1 {
                continue;
            }
            if text.is_empty() {
                return Fine::Ok(*number);
            }
            *number += text.parse::<u32>()?;
            break *number;
        } }?;
    };
    Fine::Ok(found)
}

async fn later(text: &str) -> Fine<u32, ::std::num::ParseIntError> {
    let mut counter = Counter::new(1);
    let n = with! { &mut counter as number => {
        async {}.await;
        *number += text.parse::<u32>()?;
        *number
    } };
    Fine::Ok(n.unwrap())
}

#[test]
fn everywhere() {
    assert_eq!(decorated(1, "2").unwrap(), 3);
    assert!(decorated(1, "x").is_err());
    assert_eq!(decorated(7, "2").unwrap_err().to_string(), "seven");
    assert_eq!(leaves("").unwrap(), 1);
    assert_eq!(leaves("2").unwrap(), 3);
    assert_eq!(block_on(later("2")), Fine::Ok(3));
    assert!(block_on(later("x")).is_err());
}

#[test]
fn modes() {
    let mut counter = Counter::new(1);
    let tried = with! { &mut counter as number => try { *number += "2".parse::<u32>()?; *number } };
    assert_eq!(tried.unwrap(), Fine::<_, ::std::num::ParseIntError>::Ok(3));
    let caught = ::std::panic::catch_unwind(::std::panic::AssertUnwindSafe(|| {
        with! { &mut counter => catch { ::std::panic!("out of the body") } }
    }));
    assert!(caught.is_err());
    assert_eq!(counter.exits(), (1, 1));
}

/// The user's variants are values like others.
#[test]
fn variants_as_values() {
    let run = |which: u32| {
        with! { lends(which) as number => {
            match *number {
                0 => Ok,
                1 => Err,
                2 => Some,
                3 => None,
                _ => Continue,
            }
        } }
    };
    assert_eq!(run(0), Fine::Ok(Ok));
    assert_eq!(run(1), Fine::Ok(Err));
    assert_eq!(run(3), Fine::Ok(None));
    assert_eq!(run(7), Fine::Err("seven"));
}
