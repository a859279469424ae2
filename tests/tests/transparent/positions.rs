//! Where a `with!` can stand, and how it can be spelled.

use std::convert::Infallible;
use std::sync::Mutex;

use cm_runtime::{ContextManager, Outcome, Owned, with};
use cm_tests::managers::{Log, Refused};

fn log() -> Log {
    Log::new()
}

#[test]
fn all_delimiters_and_both_spellings() {
    let a = with! { log().plain("m") as text => { text.len() } };
    let b = with!(log().plain("m") as text => { text.len() });
    let c = with![log().plain("m") as text => { text.len() }];
    let d = with!(text = log().plain("m"), { text.len() });
    let e = with! { text = log().plain("m"), { text.len() } };
    let f = with![text = log().plain("m"), { text.len() }];
    assert_eq!([a, b, c, d, e, f], [1; 6]);
}

#[test]
fn the_second_spelling_means_the_same() {
    fn run(log: &Log, leave: bool) -> Result<u8, Refused> {
        with!(
            text = log.plain("a"),
            value = log.fallible("b")?,
            log.plain("c"),
            {
                if leave {
                    return Err(Refused("left"));
                }
                text.push('x');
                assert_eq!(value.len(), 5);
            }
        );
        Ok(1)
    }
    let log = log();
    assert_eq!(run(&log, true), Err(Refused("left")));
    assert_eq!(
        log.take()[3..],
        [
            "exit c: Failed(left)",
            "drop value",
            "exit b: Failed(left)",
            "exit a: Failed(left)",
        ]
    );
    assert_eq!(run(&log, false), Ok(1));
}

/// They stand at the begin of the block, in each kind of body, and hold for it. The crate denies what they allow.
#[test]
#[deny(unused_mut, unused_variables)]
fn attributes_of_the_body() {
    let a = with! { log().plain("m") as text => {
        #![allow(unused_variables)]
        #![allow(unused_mut)]
        let mut unused = 1;
        text.len()
    } };
    let b = with!(
        text = log().plain("m"),
        {
            #![allow(unused_variables)]
            let unused = 1;
            text.len()
        }
    );
    let c: Result<_, Refused> = with! { log().plain("m"), log().plain("n") as text => try {
        #![allow(unused_variables)]
        let unused = Err(Refused("left"))?;
        text.len()
    } };
    let d = with! { log().plain("m") as text => catch {
        #![allow(unused_variables)]
        let unused = text.len();
        with! { log().plain("n") as text => {
            #![allow(unused_mut)]
            let mut used = text.len();
            used
        } }
    } };
    assert_eq!((a, b, c, d), (1, 1, Err(Refused("left")), 1));
}

#[test]
fn trailing_commas() {
    let a = with! { log().plain("m") as text, => { text.len() } };
    let b = with!(text = log().plain("m"), { text.len() },);
    assert_eq!((a, b), (1, 1));
}

#[test]
fn statement_without_a_semicolon() {
    let mut n = 0;
    with! { log().plain("m") => { n += 1; } }
    with! { log().plain("m") => { n += 1; } }
    with!(log().plain("m") => { n += 1; });
    if n == 3 {
        with! { log().plain("m") => { n += 1; } }
    }
    assert_eq!(n, 4);
}

#[test]
fn match_arms() {
    fn name(n: u8) -> &'static str {
        match n {
            0 => with! { log().plain("m") => { "zero" } },
            1 => with!(_t = log().plain("m"), { return "one!" }),
            n if with! { log().plain("m") => { n % 2 == 0 } } => "even",
            _ => "odd",
        }
    }
    assert_eq!([0, 1, 2, 3].map(name), ["zero", "one!", "even", "odd"]);
}

#[test]
fn scrutinee_condition_and_loop_header() {
    let log = log();
    match with! { log.plain("m") as text => { text.len() } } {
        1 => {}
        _ => unreachable!(),
    }
    if with! { log.plain("m") => { true } } {
        let mut turns = 0;
        while with! { log.plain("m") => { turns < 3 } } {
            turns += 1;
        }
        for i in with! { log.plain("m") => { 0..2 } } {
            turns += i;
        }
        assert_eq!(turns, 4);
    }
    if let Some(n) = with! { log.plain("m") => { Some(1) } } {
        assert_eq!(n, 1);
    }
}

#[test]
fn function_argument_and_operand() {
    fn add(a: u8, b: u8) -> u8 {
        a + b
    }
    let sum = add(
        with! { log().plain("m") => { 1 } },
        with!(log().plain("m"), { 2 }),
    );
    let product = with! { log().plain("m") => { 2 } } * 3 + with! { log().plain("m") => { 1 } };
    assert_eq!((sum, product), (3, 7));
    assert_eq!(with! { log().plain("m") => { "abc" } }.len(), 3);
    assert_eq!([1, 2, 3][with! { log().plain("m") => { 1 } }], 2);
    assert!(!with! { log().plain("m") => { false } });
}

#[test]
fn question_mark_behind_the_block() {
    fn run(log: &Log) -> Result<usize, Refused> {
        let n = with! { log.fallible("m") as value => { value.len() } }? + 1;
        Ok(n)
    }
    assert_eq!(run(&log()), Ok(6));
}

#[test]
fn struct_field_array_element_tuple_and_range() {
    struct Point {
        x: u8,
        y: u8,
    }
    let point = Point {
        x: with! { log().plain("m") => { 1 } },
        y: with! { log().plain("m") => { 2 } },
    };
    let all = [with! { log().plain("m") => { point.x } }, point.y];
    let pair = (with! { log().plain("m") => { all[0] } }, all[1]);
    assert_eq!(pair, (1, 2));
    assert_eq!((with! { log().plain("m") => { 0 } }..3).count(), 3);
}

#[test]
fn initialiser_of_let_else() {
    fn run(n: u8) -> u8 {
        let Some(m) = (with! { log().plain("m") => { n.checked_sub(1) } }) else {
            return 0;
        };
        m
    }
    assert_eq!((run(0), run(3)), (0, 2));
}

#[test]
fn nested_in_a_header() {
    let text = with! { with! { log().plain("a") => { log().plain("b") } } as text => {
        text.clone()
    } };
    assert_eq!(text, "b");
}

#[test]
fn alternatives_as_a_pattern() {
    struct Number(Result<u8, u8>);
    impl ContextManager for Number {
        type Lends = Owned<Result<u8, u8>>;
        type Exit = ();
        fn enter(&mut self) -> Result<Result<u8, u8>, Infallible> {
            Ok(self.0)
        }
        fn exit(&mut self, _: Outcome<'_>) {}
    }
    fn either(number: Result<u8, u8>) -> u8 {
        let a = with! { Number(number) as Ok(n) | Err(n) => { n } };
        let b = with!((Ok(n) | Err(n)) = Number(number), { n });
        a + b
    }
    assert_eq!([either(Ok(1)), either(Err(2))], [2, 4]);
}

#[test]
fn nested_in_front_of_an_operator() {
    let sum = with! { log().plain("a") as a => {
        with!(b = log().plain("bc"), { b.len() }) + with![c = log().plain("d"), { c.len() }] + a.len()
    } };
    assert_eq!(sum, 4);
    let is_less = with! { log().plain("a") as a => {
        with!(b = log().plain("bc"), { a.len() < b.len() }) && a == "a"
    } };
    assert!(is_less);
}

#[test]
fn nested_in_a_body_as_value_and_statement() {
    let n = with! { log().plain("a") as a => {
        with! { log().plain("b") as b => { a.push_str(b); } }
        with! { log().plain("c") as c => {
            a.push_str(c);
            a.len()
        } }
    } };
    assert_eq!(n, 3);
}

#[test]
fn casts_and_paths_in_the_header() {
    trait Make {
        fn new() -> Self;
    }
    struct Tens(u32);
    impl Make for Tens {
        fn new() -> Self {
            Tens(3)
        }
    }
    impl ContextManager for Tens {
        type Lends = Owned<u32>;
        type Exit = ();
        fn enter(&mut self) -> Result<u32, Infallible> {
            Ok(self.0 * 10)
        }
        fn exit(&mut self, _: Outcome<'_>) {}
    }
    fn make<A, B>(a: A, _: B) -> Tens
    where
        A: Into<u32>,
    {
        Tens(a.into())
    }
    struct Point {
        x: u32,
    }
    let small = 7u8;
    let ten = 1;
    let cond = small > 3;
    let got = with! {
        Tens(small as u32) as a,
        <Tens as Make>::new() as b,
        make::<u32, u8>(1, 2) as c,
        Tens(Point { x: ten }.x) as d,
        match cond { true => Tens(8), false => Tens(9) } as e,
        if cond { Tens(4) } else { Tens(5) } as f,
        (|n: u32| Tens(n + 1))(1) as g,
        { Tens(6) } as h: u32,
        => {
        [a, b, c, d, e, f, g, h]
    } };
    assert_eq!(got, [70, 30, 10, 10, 80, 40, 20, 60]);
}

#[test]
fn bare_struct_literal_in_the_header() {
    struct Lamp {
        on: bool,
    }
    impl ContextManager for Lamp {
        type Lends = Owned<bool>;
        type Exit = ();
        fn enter(&mut self) -> Result<bool, Infallible> {
            Ok(self.on)
        }
        fn exit(&mut self, _: Outcome<'_>) {}
    }
    assert!(with! { Lamp { on: true } as on => { on } });
    assert!(with!(on = Lamp { on: true }, { on }));
    assert!(with! { (Lamp { on: true }) as on => { on } });
}

#[test]
fn patterns() {
    struct Lends<T>(Option<T>);
    impl<T> ContextManager for Lends<T> {
        type Lends = Owned<T>;
        type Exit = ();
        fn enter(&mut self) -> Result<T, Infallible> {
            Ok(self.0.take().unwrap())
        }
        fn exit(&mut self, _: Outcome<'_>) {}
    }
    fn lends<T>(value: T) -> Lends<T> {
        Lends(Some(value))
    }
    struct Point {
        x: u8,
        y: u8,
        #[allow(dead_code, reason = "it stands for the rest")]
        z: u8,
    }
    let point = || lends(Point { x: 1, y: 2, z: 3 });
    let sum = with! { point() as Point { x, mut y, .. } => { y += 1; x + y } };
    assert_eq!(sum, 4);
    let sum = with!(Point { x, y: renamed, .. } = point(), { x + renamed });
    assert_eq!(sum, 3);
    assert_eq!(with! { lends((1, (2, 3))) as (a, (b, _)) => { a + b } }, 3);
    assert_eq!(
        with! { lends([1, 2, 3, 4]) as [a, rest @ .., _] => { a + rest.len() } },
        3
    );
    assert_eq!(with! { lends(&7) as &n => { n } }, 7);
    assert_eq!(with! { lends(7) as ref n => { *n } }, 7);
    assert_eq!(with! { lends(7) as ref mut n => { *n += 1; *n } }, 8);
    assert_eq!(
        with! { lends(("a", 2)) as (a, ref mut b) => { *b += 1; a.len() + *b } },
        4
    );
    assert_eq!(with!(ref mut n = lends(7), { *n += 1; *n }), 8);
    assert_eq!(with! { lends(7) as (n) => { n } }, 7);
    assert_eq!(with! { lends(7) as whole @ _ => { whole } }, 7);
    assert_eq!(with! { lends(7) as n: u64 => { size_of_val(&n) } }, 8);
    assert_eq!(
        with! { lends((1, 2)) as (a, b): (u8, u16) => { u16::from(a) + b } },
        3
    );
    with! { lends(()) as () => {} }
    let boxed: Result<u8, Infallible> = Ok(7);
    assert_eq!(with! { lends(boxed) as Ok(n) => { n } }, 7);
}

#[test]
fn mutexes_by_reference() {
    let (a, b) = (Mutex::new(1), Mutex::new(vec![1]));
    with! { &a as mut a, &b as mut b => {
        *a += 1;
        b.push(*a);
    } }
    with!(mut a = &a, {
        *a += 1;
    });
    assert_eq!((*a.lock().unwrap(), b.lock().unwrap().len()), (3, 2));
}

#[test]
fn attributes_in_front() {
    let mut n = 0;
    #[allow(
        unused_must_use,
        reason = "attributes may stand in front of a statement"
    )]
    {
        with! { log().plain("m") => { n += 1; } }
    }
    with! { log().plain("m") => {
        #[cfg(any())]
        return;
        #[cfg(not(any()))]
        {
            n += 1;
        }
    } }
    assert_eq!(n, 2);
}

#[test]
#[deny(warnings)]
fn leaves_that_are_configured_away() {
    fn run(text: &str) -> Result<u8, std::num::ParseIntError> {
        let mut n = 0;
        with! { log().plain("a"), log().plain("b") => {
            #[cfg(any())]
            return Ok(9);
            #[cfg(any())]
            Nothing::such()?;
            n += text.parse::<u8>()?;
        } }
        let m = loop {
            with! { log().plain("m") => {
                #[cfg(any())]
                break 5;
                #[cfg(any())]
                continue;
                n += 1;
            } }
            if n > 5 {
                break n;
            }
        };
        let caught = with! { log().suppressing("m") => catch {
            #[cfg(any())]
            return Ok(7);
            #[cfg(any())]
            Nothing::such()?;
            m
        } };
        Ok(caught.unwrap_or(0))
    }
    assert_eq!(run("1"), Ok(6));
    assert!(run("x").is_err());
}

#[test]
#[deny(warnings)]
fn an_end_that_is_configured_away() {
    fn run(text: &str) -> Result<u8, std::num::ParseIntError> {
        with! { log().plain("m") => {
            let n = text.parse();
            #[cfg(not(any()))]
            {
                n
            }
            #[cfg(any())]
            {
                Nothing::such()?;
                with! { log().plain("n") => { n } }
            }
        } }
    }
    assert_eq!(run("1"), Ok(1));
    assert!(run("x").is_err());
}

#[test]
fn inside_closures_and_blocks_of_every_kind() {
    let log = log();
    let f = || with! { log.plain("m") as text => { text.len() } };
    let g = |n: usize| {
        with! { log.plain("m") => {
            return n;
        } }
    };
    let labelled = 'l: {
        with! { log.plain("m") => {
            break 'l 5;
        } }
    };
    let unsafe_block = {
        with! { log.plain("m") => { 6 } }
    };
    assert_eq!((f(), g(2), labelled, unsafe_block), (1, 2, 5, 6));
}

#[test]
fn constants_and_shadowing() {
    const LIMIT: u8 = 3;
    let value = 1;
    let scope = 2;
    let kind = 3;
    let v = with! { log().plain("m") as text => {
        let done = value + scope + kind;
        let (returned, residual, turn, manager, slot, out) = (done, 1, 2, 3, 4, 5);
        text.len() + returned + residual + turn + manager + slot + out + usize::from(LIMIT)
    } };
    assert_eq!(v, 25);
}
