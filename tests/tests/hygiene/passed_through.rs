//! `macro_rules!` that hand in the body, the header, names or all of it.

use cm_runtime::{context_manager, with, within};

use super::Counter;

macro_rules! pass_all {
    ($($all:tt)*) => { with! { $($all)* } };
}
macro_rules! pass_parts {
    ($manager:expr, $name:ident, $body:block) => {
        with! { $manager as $name => $body }
    };
}
macro_rules! pass_block_last {
    ($name:ident = $manager:expr, $body:block) => {
        with!($name = $manager, $body)
    };
}
macro_rules! pass_question {
    ($manager:expr, $name:pat, $ty:ty, $value:expr) => {
        with! { $manager? as $name: $ty => { $value } }
    };
}
macro_rules! pass_binding {
    ($name:pat, $manager:expr, $($body:tt)*) => { with!($name = $manager, { $($body)* }) };
}
macro_rules! own_names {
    ($text:expr, |$theirs:ident| $value:expr) => {{
        let mut counter = Counter::new(1);
        with! { &mut counter as number => {
            let $theirs = *number + 1;
            let own = $value;
            *number += $text.parse::<u32>().map_err(|_| String::from("no number"))?;
            own + *number
        } }?
    }};
}
macro_rules! own_return {
    ($manager:expr, $value:expr) => {
        with! { $manager as number => {
            if *number == 2 {
                return $value;
            }
        } }
    };
}
macro_rules! own_loop {
    ($label:lifetime, $manager:expr, $leave:expr) => {
        $label: loop {
            with! { $manager as number => {
                *number += 1;
                if *number > 3 {
                    $leave
                }
            } }
            .unwrap();
        }
    };
}
macro_rules! two_deep {
    ($outer:ident, $inner:ident, $body:expr) => {
        pass_parts!(Counter::new(1), $outer, {
            pass_parts!(Counter::new(2), $inner, { $body })
        })
    };
}
/// Its own variable has the name of the caller's.
macro_rules! same_name {
    ($value:expr) => {{
        let number = 100;
        let sum = with! { Counter::new(1) as lent => { *lent + number + $value } };
        sum.unwrap()
    }};
}

#[test]
fn parts() {
    fn run(text: &str) -> Result<u32, String> {
        let number = 7;
        assert_eq!(same_name!(number), 108);
        let all = pass_all! { Counter::new(1) as n => { *n + 1 } }?;
        let parts = pass_parts!(Counter::new(all), n, {
            if text == "early" {
                return Ok(*n);
            }
            *n += text.parse::<u32>().map_err(|_| String::from("no number"))?;
            *n
        })?;
        let question = pass_question!(Counter::new(parts), n, &mut u32, *n + 1);
        let binding = pass_binding!(n, Counter::new(question), *n += 1; *n)?;
        let last = pass_block_last!(n = Counter::new(text.len() as u32), {
            if *n == 2 {
                return Ok(22);
            }
            *n
        })?;
        assert_eq!(last, 1);
        let own = own_names!(text, |theirs| theirs * 10);
        let deep = two_deep!(a, b, *a + *b).unwrap().unwrap();
        assert_eq!((question, binding, own, deep), (6, 7, 24, 3));
        Ok(number)
    }
    assert_eq!(run("early"), Ok(2));
    assert_eq!(run("3"), Ok(7));
    assert_eq!(run("30"), Ok(22));
    assert!(run("x").is_err());
}

#[test]
fn leaves() {
    fn returns(n: u32) -> Option<u32> {
        own_return!(Counter::new(n), Some(8)).ok()?;
        None
    }
    let mut counter = Counter::new(1);
    own_loop!('done, &mut counter, break 'done);
    assert_eq!(
        (returns(1), returns(2), counter.exits()),
        (None, Some(8), (3, 0))
    );
}

macro_rules! make_manager {
    ($(#[$attr:meta])* $vis:vis $name:ident($($arg:ident: $ty:ty),*) -> $yields:ty, $lent:expr) => {
        $(#[$attr])*
        #[context_manager(yields = $yields)]
        $vis fn $name($($arg: $ty),*) {
            yield_!($lent);
        }
    };
}
macro_rules! make_function {
    ($name:ident($arg:ident: $ty:ty) within $manager:expr, $lent:ident => $body:block) => {
        #[within($manager as $lent)]
        fn $name($arg: $ty) -> u32 $body
    };
}
macro_rules! with_a_yield {
    ($name:ident, |$outcome:ident| $after:expr) => {
        #[context_manager(yields = u32)]
        fn $name() -> Result<(), String> {
            let $outcome = yield_!(1);
            $after
        }
    };
}
/// The whole function is handed in.
macro_rules! pass_item {
    ($($item:tt)*) => { #[context_manager(yields = &mut u32)] $($item)* };
}

make_manager! { /// Documented.
pub(crate) lends(a: u32, b: u32) -> u32, a + b }
make_function! { decorated(n: u32) within lends(n, 1), lent => {
    if n == 1 {
        return 0;
    }
    lent + n
} }
with_a_yield! { told, |outcome| {
    if outcome.is_success() { Ok(()) } else { Err("exit".into()) }
} }
pass_item! {
    fn passed(mut n: u32) -> Result<(), String> {
        if n == 7 {
            return Err("seven".into());
        }
        yield_!(&mut n);
        Ok(())
    }
}

#[test]
fn attributes() {
    assert_eq!((decorated(1), decorated(2)), (0, 5));
    assert_eq!(with! { told() as n => { n } }, Ok(1));
    assert_eq!(with! { told() => { Err::<(), u8>(1) } }, Ok(Err(1)));
    assert_eq!(with! { passed(1) as n => { *n } }, Ok(1));
    assert_eq!(with! { passed(7) as n => { *n } }, Err("seven".into()));
}

/// Under another name; and a nested one by its path.
#[test]
fn renamed() {
    use cm_runtime::with as enter;
    fn run(n: u32) -> Result<u32, String> {
        let sum = enter! { Counter::new(n) as a => {
            if *a == 1 {
                return Ok(1);
            }
            let b = cm_runtime::with! { Counter::new(n) as b => {
                if *b == 2 {
                    return Ok(2);
                }
                *b
            } }?;
            let c = enter! { Counter::new(n) as c => { *c } }?;
            let d = enter! { Counter::new(n) as d => {
                if *d == 3 {
                    return Ok(3);
                }
                *d
            } }?;
            *a + b + c + d
        } }?;
        Ok(sum)
    }
    assert_eq!(
        (run(1), run(2), run(3), run(4)),
        (Ok(1), Ok(2), Ok(3), Ok(16))
    );
}

/// A macro of the user's whose name is `with`, in a body.
#[test]
fn another_with() {
    mod other {
        macro_rules! with {
            ($a:expr; $b:expr) => {
                $a + $b
            };
            ($value:expr) => {
                $value
            };
        }
        pub(super) use with;
    }
    fn run(text: &str) -> Result<u32, String> {
        with! { Counter::new(1) as n => {
            let sum = other::with!(*n; 2);
            let one = other::with! { text.parse::<u32>().map_err(|_| String::from("no number"))? };
            sum + one
        } }
    }
    assert_eq!(run("1"), Ok(4));
    assert!(run("x").is_err());
}
