//! The functions around a body: what they return, what they are generic over.

use std::convert::Infallible;
use std::fmt::Display;
use std::io;

use cm_runtime::{ContextManager, Lent, Manager, Mut, Outcome, Owned, Verdict, with};
use cm_tests::managers::{Log, Refused};

/// Of a closure with no types the compiler does not know what it borrows: the documentation of `with!` says so.
#[test]
fn a_closure_that_takes_references() {
    fn is(log: &Log, number: u8) -> impl Fn(&u8) -> bool + use<> {
        with! { log.plain("m") => {
            move |&other: &u8| other == number
        } }
    }
    let log = Log::new();
    assert!(is(&log, 1)(&1));
}

#[test]
fn impl_trait() {
    fn evens(log: &Log, limit: u8) -> impl Iterator<Item = u8> + use<> {
        with! { log.plain("m") => { (0..limit).filter(|n| n % 2 == 0) } }
    }
    fn shown(log: &Log, text: &str) -> Result<impl Display + use<>, std::num::ParseIntError> {
        with! { log.plain("m") => {
            let n: u8 = text.parse()?;
            return Ok(n + 1);
        } }
    }
    fn doubler(log: &Log) -> impl Fn(u8) -> u8 + use<> {
        with! { log.plain("m") => { return |n| n * 2; } }
    }
    let log = Log::new();
    assert_eq!(evens(&log, 5).sum::<u8>(), 6);
    assert_eq!(shown(&log, "1").unwrap().to_string(), "2");
    assert_eq!(doubler(&log)(4), 8);
}

#[test]
fn impl_trait_with_return_and_value() {
    fn count(log: &Log, up: bool) -> impl Iterator<Item = u8> + use<> {
        with! { log.plain("m") => {
            if up {
                return vec![1, 2].into_iter();
            }
            vec![2, 1].into_iter()
        } }
    }
    let log = Log::new();
    assert!(count(&log, true).eq([1, 2]) && count(&log, false).eq([2, 1]));
}

#[test]
fn impl_trait_with_a_question_mark() {
    fn count(log: &Log, text: &str) -> Option<impl Iterator<Item = char> + use<>> {
        with! { log.plain("a"), log.plain("b") => {
            let first = text.chars().next()?;
            Some(std::iter::repeat_n(first, 2))
        } }
    }
    assert_eq!(count(&Log::new(), "xy").unwrap().collect::<String>(), "xx");
    assert!(count(&Log::new(), "").is_none());
}

#[test]
fn never() {
    fn leave(log: &Log) -> ! {
        with! { log.plain("m") => { std::panic::resume_unwind(Box::new(7)) } }
    }
    fn forever(log: &Log) -> ! {
        with! { log.plain("m") => {
            loop {
                std::panic::resume_unwind(Box::new(8))
            }
        } }
    }
    let log = Log::new();
    for (f, code) in [(leave as fn(&Log) -> !, 7), (forever, 8)] {
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(&log)));
        let payload = caught.err().unwrap();
        assert_eq!(payload.downcast_ref::<i32>(), Some(&code));
        assert_eq!(log.take(), ["enter m", "exit m: Panicked"]);
    }
}

#[test]
fn never_as_the_type_of_a_branch() {
    fn run(log: &Log, n: Option<u8>) -> u8 {
        let n = match n {
            Some(n) => n,
            None => with! { log.plain("m") => { return 9 } },
        };
        n + 1
    }
    assert_eq!(run(&Log::new(), Some(1)), 2);
    assert_eq!(run(&Log::new(), None), 9);
}

#[test]
fn generic_over_the_manager() {
    fn shout<M>(manager: M) -> Result<usize, Refused>
    where
        M: Manager<Lends = Mut<String>, Exit = ()>,
    {
        let len = with! { manager as text => {
            text.push('!');
            if text.is_empty() {
                return Err(Refused("empty"));
            }
            text.len()
        } };
        Ok(len)
    }
    struct Borrows<'s>(&'s mut String);
    impl ContextManager for Borrows<'_> {
        type Lends = Mut<String>;
        type Exit = ();
        fn enter(&mut self) -> Result<&mut String, Infallible> {
            Ok(self.0)
        }
        fn exit(&mut self, outcome: Outcome<'_>) {
            assert!(outcome.is_success());
        }
    }
    let mut text = String::from("ho");
    assert_eq!(shout(Borrows(&mut text)), Ok(3));
    assert_eq!(text, "ho!");
    assert_eq!(shout(&mut Log::new().plain("m")), Ok(2));
    assert_eq!(shout(Box::new(Log::new().plain("m"))), Ok(2));
}

#[test]
fn generic_over_the_verdict() {
    fn run<M: Manager>(manager: M, n: u8) -> <M::Exit as Verdict>::Block<u8> {
        with! { manager => { n + 1 } }
    }
    fn entered<M, T>(manager: M, f: impl FnOnce(Lent<'_, M::Lends>) -> T) -> Option<T>
    where
        M: Manager<Exit = ()>,
    {
        with! { manager as value => { return Some(f(value)); } }
    }
    let log = Log::new();
    assert_eq!(run(log.plain("m"), 1), 2);
    assert_eq!(run(log.fallible("m"), 1), Ok(2));
    assert_eq!(run(log.suppressing("m"), 1), Some(2));
    assert_eq!(
        run(log.both("m", Ok(cm_runtime::Suppress::No)), 1),
        Ok(Some(2))
    );
    assert_eq!(entered(log.plain("m"), |text| text.len()), Some(1));
}

#[test]
fn generic_over_the_exits_error() {
    fn run<M, E>(manager: M) -> Result<u8, E>
    where
        M: Manager<Exit = Result<(), E>>,
        E: std::fmt::Debug,
    {
        with! { manager? => {
            if size_of::<E>() == usize::MAX {
                return Ok(0);
            }
        } }
        Ok(1)
    }
    let log = Log::new();
    assert_eq!(run(log.fallible("m")), Ok(1));
    let refused = log.fallible("m").refusing_exit("no");
    assert_eq!(run(refused), Err(Refused("no")));
}

#[test]
fn recursion() {
    fn depth(log: &Log, n: u8) -> u8 {
        with! { log.plain("m") => {
            if n == 0 {
                return 0;
            }
            depth(log, n - 1) + 1
        } }
    }
    fn fallible(log: &Log, n: u8) -> Result<u8, Refused> {
        with! { log.fallible("m")? => {
            if n == 0 {
                return Err(Refused("bottom"));
            }
            Ok(fallible(log, n - 1)? + 1)
        } }
    }
    let log = Log::new();
    assert_eq!(depth(&log, 3), 3);
    let lines = log.take();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[4], "exit m: Return");
    assert_eq!(fallible(&log, 2), Err(Refused("bottom")));
    let exits = log
        .take()
        .into_iter()
        .filter(|l| l == "exit m: Failed(bottom)");
    assert_eq!(exits.count(), 3);
}

#[test]
fn const_generics_and_const_arguments() {
    fn first<const N: usize>(log: &Log, a: [u8; N]) -> Option<[u8; N]> {
        with! { log.plain("m") as text => {
            let copy: [u8; N] = a;
            let lens = [text.len(); N];
            if lens.len() != N {
                return None;
            }
            copy.first()?;
            Some(copy)
        } }
    }
    assert_eq!(first(&Log::new(), [1, 2]), Some([1, 2]));
    assert_eq!(first::<0>(&Log::new(), []), None);
}

#[test]
fn trait_default_methods_and_associated_types() {
    trait Source {
        type Item: Default;
        type Error: From<Refused>;
        fn next(&mut self) -> Result<Self::Item, Self::Error>;
        fn take(&mut self, log: &Log) -> Result<Self::Item, Self::Error> {
            with! { log.plain("a"), log.fallible("b")? => {
                let item = self.next()?;
                return Ok(item);
            } }
        }
        fn or_default(&mut self, log: &Log) -> Self::Item {
            with! { log.plain("m") => { self.next().unwrap_or_default() } }
        }
        fn try_default(&mut self, log: &Log) -> Result<Self::Item, Self::Error>
        where
            Self: Sized,
        {
            let _ = with! { log.plain("m") => { self.next()? } };
            Ok(Default::default())
        }
    }
    struct Ones;
    impl Source for Ones {
        type Item = u8;
        type Error = Box<dyn std::error::Error>;
        fn next(&mut self) -> Result<u8, Self::Error> {
            Ok(1)
        }
    }
    let log = Log::new();
    assert_eq!(Ones.take(&log).unwrap(), 1);
    assert_eq!(Ones.or_default(&log), 1);
    assert_eq!(Ones.try_default(&log).unwrap(), 0);
}

#[test]
fn methods_that_move_and_mutate_self() {
    struct Stack(Vec<u8>);
    impl Stack {
        fn push(&mut self, log: &Log, n: u8) -> &mut Self {
            with! { log.plain("m") => {
                self.0.push(n);
                self
            } }
        }
        fn into_last(mut self, log: &Log) -> Result<u8, Self> {
            with! { log.plain("m") => {
                match self.0.pop() {
                    Some(n) => Ok(n),
                    None => return Err(self),
                }
            } }
        }
    }
    let log = Log::new();
    let mut stack = Stack(vec![]);
    stack.push(&log, 1).push(&log, 2);
    assert!(matches!(stack.into_last(&log), Ok(2)));
    assert!(Stack(vec![]).into_last(&log).is_err());
}

#[test]
fn closures_that_return_results() {
    let log = Log::new();
    let copy = |text: &str| -> io::Result<usize> {
        with! { log.plain("m") as buffer => {
            let n = io::copy(&mut text.as_bytes(), &mut io::sink())?;
            buffer.push_str(text);
            if n > 3 {
                return Err(io::Error::other("long"));
            }
            Ok(buffer.len())
        } }
    };
    assert_eq!(copy("ab").unwrap(), 3);
    assert!(copy("abcd").is_err());
}

#[test]
fn lent_lifetimes_and_owned_values() {
    struct Twice<'a>(&'a [u8]);
    impl<'s> ContextManager for Twice<'s> {
        type Lends = Owned<&'s [u8]>;
        type Exit = ();
        fn enter(&mut self) -> Result<&'s [u8], Infallible> {
            Ok(self.0)
        }
        fn exit(&mut self, _: Outcome<'_>) {}
    }
    fn all(bytes: &[u8]) -> &[u8] {
        with! { Twice(bytes) as lent => {
            if lent.is_empty() {
                return lent;
            }
            &lent[1..]
        } }
    }
    assert_eq!(all(&[1, 2]), [2]);
}

#[test]
fn main_like_function() {
    fn main(log: &Log) -> Result<(), Box<dyn std::error::Error>> {
        with! { log.fallible("m")? => {
            "7".parse::<u8>()?;
        } }
        Ok(())
    }
    assert!(main(&Log::new()).is_ok());
}

#[test]
fn unsafe_and_const_and_extern_functions() {
    extern "C" fn plus_one(n: u8) -> u8 {
        with! { Log::new().plain("m") => { n + 1 } }
    }
    assert_eq!(plus_one(1), 2);
}
