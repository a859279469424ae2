//! Coercion sites: the block's value, what `return` takes, what `break` takes.

use std::error::Error;
use std::fmt::{Debug, Display};

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

#[test]
fn block_value_to_a_trait_object() {
    fn make(log: &Log) -> Box<dyn Display> {
        with! { log.plain("m") => { Box::new(7) } }
    }
    assert_eq!(make(&Log::new()).to_string(), "7");
    let shown: Box<dyn Display> = with! { Log::new().plain("m") => { Box::new("x") } };
    assert_eq!(shown.to_string(), "x");
}

#[test]
fn block_value_to_a_trait_object_under_nested_managers() {
    let log = Log::new();
    let shown: Box<dyn Display> = with! { log.plain("a"), log.plain("b") => { Box::new("x") } };
    assert_eq!(shown.to_string(), "x");
}

#[test]
fn return_value_to_a_trait_object() {
    fn make(log: &Log, text: bool) -> Box<dyn Display> {
        with! { log.plain("m") => {
            if text {
                return Box::new("text");
            }
            return Box::new(7);
        } }
    }
    let log = Log::new();
    assert_eq!(make(&log, true).to_string(), "text");
    assert_eq!(make(&log, false).to_string(), "7");
}

#[test]
fn return_value_in_a_result_to_a_trait_object() {
    fn make(log: &Log, text: bool) -> Result<Box<dyn Display>, Box<dyn Error>> {
        with! { log.plain("a"), log.fallible("b")? => {
            if text {
                return Ok(Box::new("text"));
            }
            return Err(Box::new(Refused("no text")));
        } }
    }
    let log = Log::new();
    assert_eq!(make(&log, true).unwrap().to_string(), "text");
    assert_eq!(make(&log, false).err().unwrap().to_string(), "no text");
}

#[test]
fn return_of_some_box() {
    fn make(log: &Log, some: bool) -> Option<Box<dyn Debug>> {
        with! { log.plain("m") => {
            if some {
                return Some(Box::new(7));
            }
        } }
        None
    }
    assert!(make(&Log::new(), true).is_some());
    assert!(make(&Log::new(), false).is_none());
}

#[test]
fn block_value_of_some_box() {
    fn make(log: &Log) -> Option<Box<dyn Debug>> {
        with! { log.plain("m") => { Some(Box::new(7) as Box<dyn Debug>) } }
    }
    fn err(log: &Log) -> Result<(), Box<dyn Error>> {
        with! { log.plain("m") => { Err(Box::new(Refused("no")) as Box<dyn Error>) } }
    }
    assert!(make(&Log::new()).is_some());
    assert!(err(&Log::new()).is_err());
}

#[test]
fn return_of_a_vec_as_a_slice() {
    fn whole<'v>(log: &Log, v: &'v mut Vec<u8>, empty: bool) -> &'v mut [u8] {
        with! { log.plain("m") => {
            if empty {
                return &mut [];
            }
            return v;
        } }
    }
    let mut v = vec![1];
    assert_eq!(whole(&Log::new(), &mut v, false), [1]);
    assert!(whole(&Log::new(), &mut v, true).is_empty());
}

#[test]
fn block_value_of_a_vec_as_a_slice() {
    fn whole<'v>(log: &Log, v: &'v mut Vec<u8>) -> &'v mut [u8] {
        with! { log.plain("m") => { v } }
    }
    fn text<'s>(log: &Log, s: &'s String) -> &'s str {
        with! { log.plain("m") => { s } }
    }
    assert_eq!(whole(&Log::new(), &mut vec![1]), [1]);
    assert_eq!(text(&Log::new(), &String::from("s")), "s");
}

#[test]
fn block_value_of_an_array_as_a_slice_through_let() {
    let slice: &[u8] = with! { Log::new().plain("m") => { &[1, 2] } };
    assert_eq!(slice, [1, 2]);
}

#[test]
fn break_value_to_a_trait_object() {
    let mut turn = 0;
    let shown: Box<dyn Display> = loop {
        turn += 1;
        with! { Log::new().plain("m") => {
            if turn == 2 {
                break Box::new("two");
            }
            if turn == 3 {
                break Box::new(3);
            }
        } }
    };
    assert_eq!(shown.to_string(), "two");
}

#[test]
fn inside_of_the_block_value_beside_a_jump() {
    struct Failures([std::fmt::Error; 2]);
    impl Failures {
        fn first(&self, log: &Log, skip: bool) -> Option<&dyn Error> {
            for failure in &self.0 {
                let shown: Option<&dyn Error> = with! { log.plain("m") => {
                    if skip {
                        continue;
                    }
                    Some(failure)
                } };
                return shown;
            }
            None
        }
    }
    let log = Log::new();
    let failures = Failures([std::fmt::Error; 2]);
    assert!(failures.first(&log, false).is_some());
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
    assert!(failures.first(&log, true).is_none());
    assert_eq!(log.take()[2..], ["enter m", "exit m: Continue"]);
    let mut turn = 0;
    let pair = loop {
        turn += 1;
        let pair: (u8, &[u8]) = with! { log.plain("a"), log.plain("b") => {
            if turn == 1 {
                continue;
            }
            if turn == 3 {
                break (0, [].as_slice());
            }
            (1, &[2, 3])
        } };
        break pair;
    };
    assert_eq!(pair, (1, &[2, 3][..]));
}

#[test]
fn break_value_with_a_label_to_a_trait_object() {
    let shown: Option<Box<dyn Display>> = 'found: {
        for i in 0..3 {
            with! { Log::new().plain("a"), Log::new().plain("b") => {
                if i == 1 {
                    break 'found Some(Box::new(i) as Box<dyn Display>);
                }
            } }
        }
        None
    };
    assert_eq!(shown.unwrap().to_string(), "1");
}

#[test]
fn function_items_to_a_function_pointer() {
    fn one() -> u8 {
        1
    }
    fn two() -> u8 {
        2
    }
    fn pick(log: &Log, first: bool) -> fn() -> u8 {
        with! { log.plain("m") => {
            if first {
                return one;
            }
        } }
        two
    }
    assert_eq!(pick(&Log::new(), true)() + pick(&Log::new(), false)(), 3);
}

#[test]
fn closures_to_a_boxed_closure() {
    type Add = Box<dyn Fn(u8) -> u8>;
    fn adder(log: &Log, n: u8) -> Add {
        with! { log.plain("m") => {
            if n == 0 {
                return Box::new(|x| x);
            }
            Box::new(move |x| x + n)
        } }
    }
    assert_eq!(adder(&Log::new(), 0)(1) + adder(&Log::new(), 2)(1), 4);
}

#[test]
fn return_coerces_in_a_body_of_two_fallible_managers() {
    fn make(log: &Log) -> Result<Option<Box<dyn Display>>, Box<dyn Error + Send + Sync>> {
        with! { log.fallible("a")?, log.both("b", Ok(cm_runtime::Suppress::No))? => {
            return Ok(Some(Box::new('c')));
        } };
        Ok(None)
    }
    assert_eq!(make(&Log::new()).unwrap().unwrap().to_string(), "c");
}

#[test]
fn block_value_to_a_trait_object_under_a_fallible_manager_with_question_mark() {
    fn make(log: &Log) -> Result<Box<dyn Display>, Refused> {
        let shown: Box<dyn Display> = with! { log.fallible("m")? => { Box::new(7) } };
        Ok(shown)
    }
    assert_eq!(make(&Log::new()).unwrap().to_string(), "7");
}

#[test]
fn mutable_reference_is_reborrowed_by_the_block() {
    fn push<'v>(log: &Log, v: &'v mut Vec<u8>) -> &'v mut Vec<u8> {
        let same: &mut Vec<u8> = with! { log.plain("m") => { v } };
        same.push(1);
        same
    }
    assert_eq!(*push(&Log::new(), &mut vec![]), [1]);
}
