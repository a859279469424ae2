//! On which async functions `#[context_manager]` stands.

use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use cm_runtime::{AsyncGenerator, AsyncManager, Mut, context_manager, with};
use cm_tests::async_managers::{pause, run};
use cm_tests::managers::{Log, Noisy, told};

#[test]
fn free_function() {
    #[context_manager(yields = &str)]
    async fn named(log: &Log, name: &str) {
        log.say("enter");
        pause().await;
        let own = format!("<{name}>");
        let outcome = yield_!(&own);
        log.say(format!("exit: {}", told(outcome)));
    }
    let log = Log::new();
    let manager = named(&log, "a");
    assert!(log.take().is_empty(), "calling it runs nothing");
    run(async {
        with! { async manager as name => { log.say(name); } }
    });
    assert_eq!(log.take(), ["enter", "<a>", "exit: End"]);
}

struct Account {
    cents: i64,
    log: Log,
}

impl Account {
    #[context_manager(yields = i64)]
    async fn reading(&self) {
        pause().await;
        yield_!(self.cents);
        self.log.say("read");
    }

    #[context_manager(yields = &mut i64)]
    async fn editing(&mut self) {
        let before = self.cents;
        if !yield_!(&mut self.cents).is_success() {
            pause().await;
            self.cents = before;
        }
    }

    #[context_manager(yields = (&mut i64, &Log))]
    async fn consuming(mut self) {
        yield_!((&mut self.cents, &self.log));
        pause().await;
        self.log.say(format!("closed with {}", self.cents));
    }

    #[context_manager(yields = &mut Self)]
    async fn open(cents: i64, log: &Log) {
        let log = log.clone();
        let mut account = Self { cents, log };
        yield_!(&mut account);
        account.log.say(format!("associated: {}", account.cents));
    }

    #[context_manager(yields = i64)]
    async fn shared(self: Rc<Self>) {
        yield_!(self.cents);
    }
}

#[test]
fn methods_and_associated_functions() {
    let log = Log::new();
    let mut account = Account {
        cents: 5,
        log: log.clone(),
    };
    run(async {
        assert_eq!(with! { async account.reading() as cents => { cents } }, 5);
        with! { async account.editing() as cents => { *cents += 1; } }
        let failed =
            with! { async account.editing() as cents => { *cents = 0; Err::<(), ()>(()) } };
        assert_eq!((failed, account.cents), (Err(()), 6));
        with! { async account.consuming() as (cents, log) => {
            *cents += 1;
            log.say("body");
        } }
        with! { async Account::open(9, &log) as account => { account.cents += 1; } }
        let account = Account {
            cents: 4,
            log: Log::new(),
        };
        assert_eq!(
            with! { async Rc::new(account).shared() as cents => { cents } },
            4
        );
    });
    assert_eq!(
        log.take(),
        ["read", "body", "closed with 7", "associated: 10"]
    );
}

#[context_manager(yields = &mut Vec<T>)]
async fn collecting<'v, T, I>(into: &'v mut Vec<T>, more: I)
where
    T: Clone + 'v,
    I: IntoIterator<Item = T>,
{
    let mut buffer: Vec<T> = more.into_iter().collect();
    pause().await;
    if yield_!(&mut buffer).is_success() {
        into.extend_from_slice(&buffer);
    }
}

#[context_manager(yields = [u8; N])]
async fn array<const N: usize>() {
    yield_!([7; N]);
}

#[context_manager(yields = String)]
async fn shown(what: impl Display, times: impl AsyncFn() -> usize) {
    yield_!(what.to_string().repeat(times().await));
}

#[test]
fn generics() {
    let mut into = vec!["a"];
    run(async {
        with! { async collecting(&mut into, ["b"]) as more => { more.push("c"); } }
        assert_eq!(with! { async array::<3>() as bytes => { bytes } }, [7; 3]);
        let two = async || {
            pause().await;
            2
        };
        assert_eq!(
            with! { async shown(1.5, two) as text => { text } },
            "1.51.5"
        );
    });
    assert_eq!(into, ["a", "b", "c"]);
}

#[test]
fn explicit_lifetimes() {
    #[context_manager(yields = &'t str)]
    async fn longest<'t>(a: &'t str, b: &'t str) {
        pause().await;
        yield_!(if a.len() > b.len() { a } else { b });
    }
    let text = String::from("longer");
    let longest = run(async {
        with! { async longest(&text, "short") as longest => { longest } }
    });
    assert_eq!(
        longest, "longer",
        "it is not lent, so that it can leave the block"
    );
}

#[test]
fn patterns_as_parameters() {
    struct Point {
        x: u8,
        y: u8,
    }
    #[context_manager(yields = u8)]
    async fn sum(
        (a, mut b): (u8, u8),
        [first, .., last]: [u8; 3],
        Point { x, y: ref z }: Point,
        &d: &u8,
        _: u8,
        mut plain: u8,
    ) {
        b += 1;
        plain += 1;
        pause().await;
        yield_!(a + b + first + last + x + *z + d + plain);
    }
    let point = Point { x: 5, y: 6 };
    let sum = run(async {
        with! { async sum((1, 2), [3, 0, 4], point, &7, 8, 9) as sum => { sum } }
    });
    assert_eq!(sum, 1 + 3 + 3 + 4 + 5 + 6 + 7 + 10);
}

/// Parameters may be named as the generated code might name its own.
#[test]
fn names_do_not_clash() {
    #[context_manager(yields = u32)]
    async fn names(yielder: u32, handshake: u32, slot: u32, context: u32, r#type: u32) {
        let lend = yielder + handshake;
        pause().await;
        let _ = yield_!(lend + slot + context + r#type);
    }
    let sum = run(async {
        with! { async names(1, 2, 3, 4, 5) as sum => { sum } }
    });
    assert_eq!(sum, 15);
}

trait Store {
    /// Opens a session.
    #[context_manager(yields = &mut Vec<u8>)]
    async fn session(&mut self) -> Result<(), String>;

    #[context_manager(yields = usize)]
    async fn counted(&self) {
        pause().await;
        yield_!(self.len());
    }

    fn len(&self) -> usize;
}

impl Store for Vec<u8> {
    #[context_manager(yields = &mut Vec<u8>)]
    async fn session(&mut self) -> Result<(), String> {
        let mut copy = self.clone();
        if yield_!(&mut copy).is_success() {
            pause().await;
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
    async fn push<S: Store>(store: &mut S, byte: u8) -> Result<usize, String> {
        with! { async store.session()? as bytes => { bytes.push(byte); } }
        Ok(with! { async store.counted() as n => { n } })
    }
    let mut store = vec![1];
    assert_eq!(run(push(&mut store, 2)), Ok(2));
    assert_eq!(run(push(&mut store, 3)), Err("full".into()));
    assert_eq!(store, [1, 2]);
}

mod inner {
    use cm_runtime as renamed;

    /// Documented.
    #[renamed::context_manager(yields = u8, crate = ::cm_runtime)]
    #[deprecated(note = "attributes are kept")]
    #[cfg(not(any()))]
    pub(super) async fn visible() {
        yield_!(1);
    }

    #[renamed::context_manager(yields = u8)]
    #[cfg(any())]
    pub(super) async fn visible() {
        yield_!(2);
    }
}

#[test]
#[allow(deprecated, reason = "the case is that the attribute is kept")]
fn attributes_and_visibility() {
    let visible = run(async {
        with! { async inner::visible() as n => { n } }
    });
    assert_eq!(visible, 1);
}

/// Written out, the type names what is lent and what exit returns.
#[test]
fn the_type_has_a_name() {
    fn text<T: Display>(
        value: T,
    ) -> AsyncGenerator<Mut<String>, impl Future<Output = Result<(), String>>> {
        #[context_manager(yields = &mut String)]
        async fn text<T: Display>(value: T) -> Result<(), String> {
            let mut text = value.to_string();
            pause().await;
            yield_!(&mut text);
            if text.is_empty() { Err(text) } else { Ok(()) }
        }
        text(value)
    }
    struct Holds<F>(Pin<Box<AsyncGenerator<Mut<String>, F>>>);
    impl<F: Future<Output = Result<(), String>>> Holds<F> {
        async fn length(&mut self) -> Result<usize, String> {
            with! { async &mut self.0 as text => { text.len() } }
        }
    }
    assert_eq!(run(Holds(Box::pin(text(12.5))).length()), Ok(4));
    assert!(run(Holds(Box::pin(text(""))).length()).is_err());
}

/// A recursive async function is boxed, as ever; each call makes a manager of its own.
#[test]
fn recursion() {
    #[context_manager]
    async fn level(log: &Log, n: u8) {
        log.say(format!("enter {n}"));
        pause().await;
        yield_!();
        log.say(format!("exit {n}"));
    }
    async fn descend(log: &Log, n: u8) -> u8 {
        with! { async level(log, n) => {
            if n == 0 { 0 } else { Box::pin(descend(log, n - 1)).await + 1 }
        } }
    }
    let log = Log::new();
    assert_eq!(run(descend(&log, 9)), 9);
    let lines = log.take();
    assert_eq!(lines.len(), 20);
    assert_eq!(lines[9..11], ["enter 0", "exit 0"]);
}

/// The same order as in the plain function, for every kind of parameter; and all of them are kept
/// if it is never entered.
#[test]
fn order_of_arguments_is_that_of_a_function() {
    async fn plain(_a: Noisy, (b, _): (Noisy, Noisy), _: Noisy, d: Noisy) {
        let _ = (&b, &d);
        pause().await;
    }
    #[context_manager]
    async fn generator(_a: Noisy, (b, _): (Noisy, Noisy), _: Noisy, d: Noisy) {
        let _ = (&b, &d);
        yield_!();
    }
    let (here, there) = (Log::new(), Log::new());
    let n = |log: &Log, name| log.noisy(name);
    let l = &here;
    run(plain(
        n(l, "a"),
        (n(l, "b"), n(l, "c")),
        n(l, "_"),
        n(l, "d"),
    ));
    let l = &there;
    let make = || generator(n(l, "a"), (n(l, "b"), n(l, "c")), n(l, "_"), n(l, "d"));
    let manager = make();
    assert!(there.take().is_empty());
    run(async {
        with! { async manager => {} }
    });
    let order = there.take();
    assert_eq!(here.take(), order);
    drop(make());
    assert_eq!(there.take().len(), order.len());
}

#[test]
fn arguments_with_attributes() {
    #[context_manager(yields = u8)]
    async fn configured(
        #[cfg(any())] away: u8,
        #[cfg(not(any()))] kept: u8,
        #[allow(unused_variables)] unused: u8,
        #[cfg(any())] (a, b): (u8, u8),
    ) {
        pause().await;
        yield_!(kept);
    }
    let kept = run(async {
        with! { async configured(7, 8) as kept => { kept } }
    });
    assert_eq!(kept, 7);
}

/// One bound for all of them.
#[test]
fn as_an_argument() {
    async fn length(manager: impl AsyncManager<Lends = Mut<Vec<u8>>, Exit = ()>) -> usize {
        with! { async manager as list => { list.len() } }
    }
    let mut list = vec![1];
    assert_eq!(run(length(collecting(&mut list, [2, 3]))), 2);
}
