//! On which functions the attribute stands.

use std::fmt::Display;

use cm_runtime::{context_manager, with};
use cm_tests::managers::{Log, told};

/// Set-up, the yielded value, the body, tear-down, in that order, once each.
#[test]
fn free_function() {
    #[context_manager(yields = &str)]
    fn named(log: &Log, name: &str) {
        log.say("enter");
        let own = format!("<{name}>");
        let outcome = yield_!(&own);
        log.say(format!("exit: {}", told(outcome)));
    }
    let log = Log::new();
    let manager = named(&log, "a");
    assert!(log.take().is_empty(), "calling it runs nothing");
    with! { manager as name => { log.say(name); } }
    assert_eq!(log.take(), ["enter", "<a>", "exit: End"]);
}

struct Account {
    cents: i64,
    log: Log,
}

impl Account {
    #[context_manager(yields = i64)]
    fn reading(&self) {
        yield_!(self.cents);
        self.log.say("read");
    }

    #[context_manager(yields = &mut i64)]
    fn editing(&mut self) {
        let before = self.cents;
        if !yield_!(&mut self.cents).is_success() {
            self.cents = before;
        }
    }

    #[context_manager(yields = (&mut i64, &Log))]
    fn consuming(mut self) {
        yield_!((&mut self.cents, &self.log));
        self.log.say(format!("closed with {}", self.cents));
    }

    #[context_manager(yields = &mut Self)]
    fn open(cents: i64, log: &Log) {
        let mut account = Self {
            cents,
            log: log.clone(),
        };
        yield_!(&mut account);
        log.say(format!("associated: {}", account.cents));
    }
}

#[test]
fn methods_and_associated_functions() {
    let log = Log::new();
    let mut account = Account {
        cents: 5,
        log: log.clone(),
    };
    assert_eq!(with! { account.reading() as cents => { cents } }, 5);
    with! { account.editing() as cents => { *cents += 1; } }
    let failed = with! { account.editing() as cents => { *cents = 0; Err::<(), ()>(()) } };
    assert_eq!((failed, account.cents), (Err(()), 6));
    with! { account.consuming() as (cents, log) => {
        *cents += 1;
        log.say("body");
    } }
    with! { Account::open(9, &log) as account => { account.cents += 1; } }
    assert_eq!(
        log.take(),
        ["read", "body", "closed with 7", "associated: 10"]
    );
}

#[context_manager(yields = &mut Vec<T>)]
fn collecting<'v, T, I>(into: &'v mut Vec<T>, more: I)
where
    T: Clone + 'v,
    I: IntoIterator<Item = T>,
{
    let mut buffer: Vec<T> = more.into_iter().collect();
    if yield_!(&mut buffer).is_success() {
        into.extend_from_slice(&buffer);
    }
}

#[context_manager(yields = [u8; N])]
fn array<const N: usize>() {
    yield_!([7; N]);
}

#[context_manager(yields = String)]
fn shown(what: impl Display, times: impl Fn() -> usize) {
    yield_!(what.to_string().repeat(times()));
}

#[test]
fn generics() {
    let mut into = vec!["a"];
    with! { collecting(&mut into, ["b"]) as more => { more.push("c"); } }
    assert_eq!(into, ["a", "b", "c"]);
    assert_eq!(with! { array::<3>() as bytes => { bytes } }, [7; 3]);
    let two = 2;
    assert_eq!(with! { shown(1.5, || two) as text => { text } }, "1.51.5");
}

#[test]
fn explicit_lifetimes() {
    #[context_manager(yields = &'t str)]
    fn longest<'t>(a: &'t str, b: &'t str) {
        yield_!(if a.len() > b.len() { a } else { b });
    }
    #[context_manager(yields = &'static str)]
    fn fixed() {
        yield_!("fixed");
    }
    let text = String::from("longer");
    let longest = with! { longest(&text, "short") as longest => { longest } };
    assert_eq!(
        longest, "longer",
        "it is not lent, so that it can leave the block"
    );
    assert_eq!(with! { fixed() as text => { text } }, "fixed");
}

#[test]
fn patterns_as_parameters() {
    struct Point {
        x: u8,
        y: u8,
    }
    #[context_manager(yields = u8)]
    fn sum(
        (a, mut b): (u8, u8),
        [first, .., last]: [u8; 3],
        Point { x, y: ref z }: Point,
        &d: &u8,
        _: u8,
        mut plain: u8,
    ) {
        b += 1;
        plain += 1;
        yield_!(a + b + first + last + x + *z + d + plain);
    }
    let point = Point { x: 5, y: 6 };
    let sum = with! { sum((1, 2), [3, 0, 4], point, &7, 8, 9) as sum => { sum } };
    assert_eq!(sum, 1 + 3 + 3 + 4 + 5 + 6 + 7 + 10);
}

#[test]
fn patterns_that_borrow() {
    #[context_manager(yields = (&mut u8, &mut String))]
    fn borrowed(
        ref mut n: u8,
        (ref text, ref mut more): (String, String),
        whole @ (_, m): (u8, u8),
    ) {
        *n += whole.0 + m;
        more.push_str(text);
        yield_!((n, more));
    }
    let texts = (String::from("b"), String::from("a"));
    let block = with! { borrowed(1, texts, (2, 3)) as (n, more) => { (*n, more.clone()) } };
    assert_eq!(block, (6, "ab".into()));
}

/// They are about the function.
#[test]
fn attributes_inside_of_the_body() {
    #[context_manager(yields = u8)]
    fn inner() {
        #![expect(unused_variables)]
        //! Documented inside.
        let unused = 1;
        yield_!(7);
    }
    assert_eq!(with! { inner() as n => { n } }, 7);
}

/// Parameters may be named as the generated code might name its own.
#[test]
fn names_do_not_clash() {
    #[context_manager(yields = u32)]
    fn names(yielder: u32, value: u32, outcome: u32, promise: u32, r#type: u32, future: u32) {
        let lend = yielder + value + outcome;
        let _ = yield_!(lend + promise + r#type + future);
    }
    assert_eq!(with! { names(1, 2, 3, 4, 5, 6) as sum => { sum } }, 21);

    #[context_manager(yields = u8)]
    fn patterns((a, _): (u8, u8), argument0: u8, argument3: u8, _: u8) {
        yield_!(a + argument0 + argument3);
    }
    assert_eq!(with! { patterns((1, 0), 2, 3, 0) as sum => { sum } }, 6);
}

trait Store {
    /// Opens a session.
    #[context_manager(yields = &mut Vec<u8>)]
    fn session(&mut self) -> Result<(), String>;

    #[context_manager(yields = usize)]
    fn counted(&self) {
        yield_!(self.len());
    }

    fn len(&self) -> usize;
}

impl Store for Vec<u8> {
    #[context_manager(yields = &mut Vec<u8>)]
    fn session(&mut self) -> Result<(), String> {
        let mut copy = self.clone();
        if yield_!(&mut copy).is_success() {
            if copy.len() > 2 {
                return Err(String::from("full"));
            }
            *self = copy;
        }
        Ok(())
    }

    fn len(&self) -> usize {
        Vec::len(self)
    }
}

#[test]
fn methods_of_traits() {
    fn push<S: Store>(store: &mut S, byte: u8) -> Result<usize, String> {
        with! { store.session()? as bytes => { bytes.push(byte); } }
        Ok(with! { store.counted() as n => { n } })
    }
    let mut store = vec![1];
    assert_eq!(push(&mut store, 2), Ok(2));
    assert_eq!(push(&mut store, 3), Err("full".into()));
    assert_eq!(store, [1, 2]);
}

mod inner {
    use cm_runtime as renamed;

    /// Documented.
    #[renamed::context_manager(yields = u8, crate = ::cm_runtime)]
    #[deprecated(note = "attributes are kept")]
    #[cfg(not(any()))]
    pub(super) fn visible() {
        yield_!(1);
    }

    #[renamed::context_manager(yields = u8)]
    #[cfg(any())]
    pub(super) fn visible() {
        yield_!(2);
    }
}

#[test]
#[allow(deprecated, reason = "the case is that the attribute is kept")]
fn attributes_and_visibility() {
    assert_eq!(with! { inner::visible() as n => { n } }, 1);
}

/// Arguments are moved in, and can be dropped before the yield.
#[test]
fn arguments_are_moved_in() {
    use std::rc::Rc;
    #[context_manager(yields = usize)]
    fn counts(a: Rc<()>, b: Rc<()>) {
        drop(a);
        yield_!(Rc::strong_count(&b));
    }
    let rc = Rc::new(());
    let manager = counts(rc.clone(), rc.clone());
    assert_eq!(Rc::strong_count(&rc), 3);
    assert_eq!(with! { manager as count => { count } }, 2);
    assert_eq!(Rc::strong_count(&rc), 1);
}

/// A recursive function makes a fresh manager for each call.
#[test]
fn recursion() {
    #[context_manager]
    fn level(log: &Log, n: u8) {
        log.say(format!("enter {n}"));
        yield_!();
        log.say(format!("exit {n}"));
    }
    fn descend(log: &Log, n: u8) -> u8 {
        with! { level(log, n) => {
            if n == 0 { 0 } else { descend(log, n - 1) + 1 }
        } }
    }
    let log = Log::new();
    assert_eq!(descend(&log, 9), 9);
    let lines = log.take();
    assert_eq!(lines.len(), 20);
    assert_eq!(
        (lines[9].as_str(), lines[10].as_str()),
        ("enter 0", "exit 0")
    );
}

#[test]
fn arguments_with_attributes() {
    #[context_manager(yields = u8)]
    fn configured(
        #[cfg(any())] away: u8,
        #[cfg(not(any()))] kept: u8,
        #[allow(unused_variables)] unused: u8,
        #[cfg(any())] (a, b): (u8, u8),
    ) {
        yield_!(kept);
    }
    assert_eq!(with! { configured(7, 8) as kept => { kept } }, 7);
}
