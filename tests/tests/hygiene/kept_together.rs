//! What a `macro_rules!` has matched as an expression stays one: `$e * 2` is twice all of it.

use core::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::contextlib::guard;
use cm_runtime::{context_manager, with, within};

/// Macros with one body each, as a plain block, under a manager, and in a header.
macro_rules! bodies {
    ($dollar:tt $e:ident $($name:ident: { $($body:tt)* })*) => {
        $(bodies! { @of $dollar $e $name $($body)* })*
    };
    (@of $dollar:tt $e:ident $name:ident $($body:tt)*) => {
        macro_rules! $name {
            (plain $dollar $e:expr) => {{ $($body)* }};
            (with $dollar $e:expr) => { with! { guard((), |(), _| ()) => { $($body)* } } };
            (header $dollar $e:expr) => {
                with! { guard({ $($body)* }, |_, _| ()) as value => { value.clone() } }
            };
        }
    };
}

bodies! { $ e
    twice: { $e * 2 }
    product: { 2 * $e }
    sum_of_two: { let x = 1 + $e + 1; x }
    in_a_macro: { format!("{}", $e * 2) }
    in_a_closure: { (|| $e * 2)() }
    in_a_function: { fn f() -> i32 { $e * 2 } f() }
    negated: { if !$e { "no" } else { "yes" } }
    minus: { -$e }
    method: { $e.pow(2) }
    cast: { $e as u8 as char }
    question: { (|| Some($e? * 2))() }
    equal: { 3 == $e }
    at_least: { 3 <= $e }
    ends: { ($e).clone().map(|n| n + 1).sum::<i32>() }
    ends_of: { $e.end }
    end: { (0..$e).len() }
    called: { $e(2) }
    element: { $e[0] }
    condition: { if Pair(1, 2) == $e { 1 } else { 2 } }
    scrutinee: { match $e { Pair(a, b) => a + b } }
    decided: { if $e { 1 } else { 2 } }
    assigned: { let mut n = 1; n += $e; n = $e + n; n }
    returned: { (|| { if true { return $e * 2; } 0 })() }
    arms: { match 1 { 1 => $e, _ => $e + 1 } }
    statement: { $e 1 }
    between_statements: { let mut n = 1; if n == 1 { n += 1; } $e $e n }
    before_a_sign: { let n = &mut 1; $e *n = 3; $e (*n, 2) }
    arm_without_comma: { match 1 { 1 => $e _ => unreachable!() } }
    value: { assert!(true); $e }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair(i32, i32);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Struct {
    first: Pair,
}

/// The block is what the plain one is, and so is the manager.
macro_rules! same {
    ($($name:ident($($e:tt)*);)*) => {$(
        let plain = $name!(plain $($e)*);
        assert_eq!($name!(with $($e)*), plain, "{}", stringify!($name($($e)*)));
        assert_eq!($name!(header $($e)*), plain, "{}", stringify!($name($($e)*)));
    )*};
}

#[test]
fn expressions() {
    let range = 0..3;
    let number = &4_i32;
    let list = [3, 4];
    same! {
        twice(1 + 2);
        product(1 + 2);
        sum_of_two(1 << 2);
        in_a_macro(1 + 2);
        in_a_closure(1 + 2);
        in_a_function(1 + 2);
        negated(list.is_empty() && range.is_empty());
        negated(true || false);
        minus(1 - 2);
        minus(-2);
        method(-5_i32);
        method(5_i32 - 7);
        method(*number);
        cast(64 + 1);
        question(None.or(Some(3)));
        equal(1 + 2);
        equal(5 & 3);
        at_least(1 + 2);
        ends(0..3);
        ends_of(0..3);
        end(1 + 2);
        called(|n: i32| n + 1);
        element(&list);
        element(*&list);
        condition(Pair { 0: 1, 1: 2 });
        scrutinee(Pair { 0: 1, 1: 2 });
        condition(*&Struct { first: Pair(1, 2) }.first);
        scrutinee(*&Struct { first: Pair(1, 2) }.first.clone());
        scrutinee(Some(Struct { first: Pair(1, 2) }).unwrap().first);
        decided(Struct { first: Pair(1, 2) } == Struct { first: Pair(3, 4) });
        assigned(2 * 3);
        returned(1 + 2);
        arms(1 + 2);
        statement({});
        statement(if list.is_empty() {} else {});
        between_statements(for n in 1..3 { assert!(n > 0); });
        before_a_sign(match list.len() { _ => {} });
        before_a_sign(loop { break; });
        arm_without_comma({ 3 });
        value({ println!(); 2 + 1 });
    }
}

/// The text of what is asserted is that which was written.
#[test]
fn messages() {
    macro_rules! asserted {
        ($e:expr) => {
            catch_unwind(AssertUnwindSafe(
                || with! { guard((), |(), _| ()) => { assert!($e) } },
            ))
        };
    }
    let (a, b) = (1, 2);
    let panic = asserted!(a + b == 4).unwrap_err();
    assert_eq!(
        *panic.downcast::<&str>().unwrap(),
        "assertion failed: a + b == 4"
    );
}

#[test]
fn patterns_and_types() {
    macro_rules! matched {
        ($p:pat, $t:ty, $l:literal) => {
            with! { guard(2, |_, _| ()) as n => {
                let of_type: Range<$t> = Range::from($l..4);
                let bound = if let found @ $p = *n { found } else { 9 };
                bound + of_type.start as i32
            } }
        };
    }
    assert_eq!(matched!(1..=2, i64, -3), -1);
    assert_eq!(matched!(3..=4, i64, -3), 6);
}

macro_rules! functions {
    ($e:expr) => {
        #[within(guard($e * 2, |_, _| ()) as doubled)]
        fn in_a_decorated_function() -> (i32, i32) {
            (*doubled, $e * 2)
        }

        #[context_manager(yields = i32)]
        fn in_a_generator() {
            let before = $e * 2;
            yield_!(before + $e * 2);
        }

        #[within(guard((), |(), _| ()))]
        #[context_manager(yields = i32)]
        fn in_both() {
            yield_!($e * 2);
        }
    };
}

functions!(1 + 2);

#[test]
fn attributes() {
    assert_eq!(in_a_decorated_function(), (6, 6));
    assert_eq!(with! { in_a_generator() as n => { n } }, 12);
    assert_eq!(with! { in_both() as n => { n } }, 6);
}

/// As a statement a block needs no `;` after it.
#[test]
fn blocks() {
    macro_rules! around {
        ($name:ident, $decorated:ident, $before:block, $after:block) => {
            #[context_manager(yields = u8)]
            fn $name() {
                $before
                yield_!(1);
                $after
            }
            #[within($name() as n)]
            fn $decorated() -> u8 {
                $before
                let sum = n + 1;
                $after
                sum
            }
        };
    }
    around!(lends, decorated, { println!() }, {});
    assert_eq!((with! { lends() as n => { n } }, decorated()), (1, 2));
}
