//! Bodies that move, partly move, first assign, or borrow outer variables, and return them.

use std::collections::HashMap;

use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

#[test]
fn returns_an_outer_string_inside_a_loop() {
    fn find(log: &Log, wanted: usize, s: String) -> String {
        for i in 0..10 {
            with! { log.plain("m") => {
                if i == wanted {
                    return s;
                }
            } }
        }
        String::from("none")
    }
    let log = Log::new();
    assert_eq!(find(&log, 1, "some".into()), "some");
    let told = ["enter m", "exit m: End", "enter m", "exit m: Return"];
    assert_eq!(log.take(), told);
    assert_eq!(find(&log, 11, "some".into()), "none");
}

#[test]
fn returns_an_outer_string_inside_a_loop_under_each_verdict() {
    fn fallible(log: &Log, s: String) -> Result<String, Refused> {
        for i in 0..3 {
            with! { log.fallible("m")? => {
                if i == 1 {
                    return Ok(s);
                }
            } }
        }
        Err(Refused("none"))
    }
    assert_eq!(fallible(&Log::new(), "some".into()), Ok("some".into()));
}

#[test]
fn returns_conditionally_then_uses() {
    fn longer(log: &Log, s: String, at_once: bool) -> String {
        with! { log.plain("m") => {
            if at_once {
                return s;
            }
        } }
        s + "!"
    }
    let log = Log::new();
    assert_eq!(longer(&log, "a".into(), true), "a");
    assert_eq!(longer(&log, "a".into(), false), "a!");
}

#[test]
fn returns_conditionally_then_uses_in_the_body() {
    fn longer(log: &Log, s: String, at_once: bool) -> String {
        with! { log.plain("m") as text => {
            if at_once {
                return s;
            }
            s + text
        } }
    }
    let log = Log::new();
    assert_eq!(longer(&log, "a".into(), true), "a");
    assert_eq!(longer(&log, "a".into(), false), "am");
}

#[test]
fn moves_out_and_assigns_again() {
    let mut s = String::from("old");
    with! { Log::new().plain("m") as text => {
        drop(s);
        s = text.clone();
    } }
    assert_eq!(s, "m");
}

#[test]
fn moves_out_and_assigns_again_across_a_question_mark() {
    fn replace(log: &Log, number: &str) -> Result<String, std::num::ParseIntError> {
        let mut s = String::from("old");
        with! { log.plain("m") => {
            drop(s);
            let number: u8 = number.parse()?;
            s = number.to_string();
        } }
        Ok(s)
    }
    let log = Log::new();
    assert_eq!(replace(&log, "7"), Ok("7".into()));
    assert!(replace(&log, "x").is_err());
}

#[test]
fn moves_part_of_a_box() {
    struct Pair {
        left: String,
        right: String,
    }
    let pair = Box::new(Pair {
        left: "l".into(),
        right: "r".into(),
    });
    let left = with! { Log::new().plain("m") => { pair.left } };
    assert_eq!(left + &pair.right, "lr");
}

#[test]
fn moves_part_of_a_tuple_and_borrows_the_rest() {
    let pair = (String::from("l"), vec![1]);
    let (left, len) = with! { Log::new().plain("m") => {
        let len = pair.1.len();
        (pair.0, len)
    } };
    assert_eq!((left.as_str(), len, pair.1), ("l", 1, vec![1]));
}

#[test]
fn returns_mutable_borrows_conditionally() {
    fn pick<'w>(log: &Log, w: &'w mut [String], first: bool) -> &'w mut String {
        with! { log.plain("m") => {
            if first {
                return &mut w[0];
            }
        } }
        &mut w[1]
    }
    let log = Log::new();
    let mut words = [String::from("a"), String::from("b")];
    pick(&log, &mut words, true).push('1');
    pick(&log, &mut words, false).push('2');
    assert_eq!(words, ["a1", "b2"]);
}

#[test]
fn returns_mutable_borrows_conditionally_in_the_body() {
    fn pick<'w>(log: &Log, w: &'w mut [String], first: bool) -> &'w mut String {
        with! { log.plain("m") => {
            if first {
                return &mut w[0];
            }
            &mut w[1]
        } }
    }
    let mut words = [String::from("a"), String::from("b")];
    pick(&Log::new(), &mut words, true).push('1');
    pick(&Log::new(), &mut words, false).push('2');
    assert_eq!(words, ["a1", "b2"]);
}

#[test]
fn returns_mutable_borrows_in_a_loop() {
    fn nth<'v>(log: &Log, v: &'v mut Vec<u8>, from: usize) -> Option<&'v mut u8> {
        for i in from.. {
            with! { log.plain("m") => {
                if i > 1 {
                    return v.get_mut(i);
                }
            } }
        }
        None
    }
    let mut v = vec![1, 2, 3];
    *nth(&Log::new(), &mut v, 0).unwrap() += 10;
    assert_eq!(v, [1, 2, 13]);
}

#[test]
fn returns_an_option_of_a_borrow_by_question_mark() {
    fn first<'m>(log: &Log, map: &'m mut HashMap<u8, String>) -> Option<&'m mut String> {
        with! { log.plain("m") => {
            let found = map.get_mut(&1)?;
            found.push('!');
            Some(found)
        } }
    }
    let log = Log::new();
    let mut map = HashMap::from([(1, String::from("a"))]);
    assert_eq!(first(&log, &mut map).unwrap(), "a!");
    map.clear();
    assert!(first(&log, &mut map).is_none());
}

#[test]
fn assigns_first_inside() {
    let x;
    with! { Log::new().plain("m") as text => {
        x = text.len();
    } }
    assert_eq!(x, 1);
}

#[test]
fn assigns_first_inside_across_leaves() {
    fn len(log: &Log, number: &str) -> Result<u8, std::num::ParseIntError> {
        let x: u8;
        let s: String;
        with! { log.plain("a"), log.plain("b") => {
            if number.is_empty() {
                return Ok(0);
            }
            x = number.parse()?;
            s = number.to_string();
        } }
        Ok(x + u8::try_from(s.len()).unwrap())
    }
    let log = Log::new();
    assert_eq!(len(&log, "7"), Ok(8));
    assert_eq!(len(&log, ""), Ok(0));
    assert!(len(&log, "x").is_err());
}

#[test]
fn assigns_first_inside_under_a_fallible_manager_with_question_mark() {
    fn len(log: &Log) -> Result<usize, Refused> {
        let x;
        with! { log.fallible("m")? as value => {
            x = value.len();
        } }
        Ok(x)
    }
    assert_eq!(len(&Log::new()), Ok(5));
}

#[test]
fn borrows_an_outer_variable_mutably() {
    let mut v = vec![1];
    let last = with! { Log::new().plain("m") => {
        v.push(2);
        v.last_mut().unwrap()
    } };
    *last += 1;
    v.push(4);
    assert_eq!(v, [1, 3, 4]);
}

#[test]
fn manager_borrows_and_the_variable_is_usable_afterwards() {
    let log = Log::new();
    let mut manager = log.plain("m");
    with! { &mut manager as text => {
        text.push('1');
    } }
    manager.text.push('2');
    with! { &mut manager as text => {
        text.push('3');
    } }
    assert_eq!(manager.text, "m123");
}

#[test]
fn moves_into_the_body_conditionally_and_breaks() {
    let log = Log::new();
    let mut words = vec![];
    let word = String::from("w");
    let mut tries = 0;
    'tries: loop {
        tries += 1;
        with! { log.plain("m") => {
            if tries == 3 {
                words.push(word);
                break 'tries;
            }
            if tries == 1 {
                continue;
            }
        } }
    }
    assert_eq!((words, tries), (vec![String::from("w")], 3));
}

#[test]
fn moves_and_breaks_with_a_label_then_uses_behind_the_block() {
    let log = Log::new();
    let s = String::from("s");
    let mut count = 0;
    'out: {
        'again: loop {
            with! { log.plain("m") => {
                if count == 1 {
                    drop(s);
                    break 'out;
                }
                count += 1;
                if count == 0 {
                    break 'again;
                }
            } }
        }
        drop(s);
    }
    assert_eq!(count, 1);
}

#[test]
fn reborrows_through_two_levels() {
    fn fill<'v>(log: &Log, v: &'v mut Vec<u8>, early: bool) -> Result<&'v mut [u8], Refused> {
        with! { log.plain("a"), log.fallible("b")? => {
            v.push(1);
            if early {
                return Ok(&mut v[..1]);
            }
        } }
        v.push(2);
        Ok(v)
    }
    let mut v = vec![];
    assert_eq!(fill(&Log::new(), &mut v, true).unwrap(), [1]);
    assert_eq!(fill(&Log::new(), &mut v, false).unwrap(), [1, 1, 2]);
}

#[test]
fn value_borrowed_from_the_manager_is_moved_and_copied_in_the_body() {
    let total = with! { Log::new().plain("m") as text => {
        let moved = text;
        moved.push('x');
        let borrowed: &str = moved;
        borrowed.len()
    } };
    assert_eq!(total, 2);
}
