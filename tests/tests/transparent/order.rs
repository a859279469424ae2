//! When things are dropped, and how long they live.

use std::convert::Infallible;

use cm_runtime::{ContextManager, Mut, Outcome, Ref, with};
use cm_tests::managers::{Log, Noisy};

/// Logs its drop, and lends what logs its drop.
struct Held {
    log: Log,
    noisy: Noisy,
}

impl Held {
    fn new(log: &Log) -> Self {
        Self {
            log: log.clone(),
            noisy: log.noisy("manager"),
        }
    }
}

impl ContextManager for Held {
    type Lends = cm_runtime::Owned<Noisy>;
    type Exit = ();
    fn enter(&mut self) -> Result<Noisy, Infallible> {
        assert_eq!(self.noisy.len(), 7);
        Ok(self.log.noisy("value"))
    }
    fn exit(&mut self, _: Outcome<'_>) {
        self.log.say("exit");
    }
}

#[test]
fn locals_then_value_then_exit_then_manager() {
    let log = Log::new();
    with! { Held::new(&log) as value => {
        let _one = log.noisy("one");
        let _two = log.noisy("two");
        assert_eq!(value.len(), 5);
    } }
    log.say("after");
    assert_eq!(
        log.take(),
        [
            "drop two",
            "drop one",
            "drop value",
            "exit",
            "drop manager",
            "after"
        ]
    );
}

#[test]
fn the_same_on_every_leave() {
    fn run(log: &Log, leave: u8) -> Result<(), u8> {
        #[allow(clippy::never_loop, reason = "one turn is enough to leave it")]
        for _ in 0..1 {
            with! { Held::new(log) as _value => {
                let _local = log.noisy("local");
                match leave {
                    0 => return Ok(()),
                    1 => Err(1)?,
                    2 => break,
                    3 => continue,
                    _ => {}
                }
            } }
        }
        Ok(())
    }
    let log = Log::new();
    for leave in 0..5 {
        assert_eq!(run(&log, leave).is_err(), leave == 1);
        assert_eq!(
            log.take(),
            ["drop local", "drop value", "exit", "drop manager"],
            "{leave}"
        );
    }
}

#[test]
fn the_same_when_it_panics() {
    let log = Log::new();
    let body = || {
        with! { Held::new(&log) as _value => {
            let _local = log.noisy("local");
            std::panic::resume_unwind(Box::new(()));
        } }
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).is_err());
    assert_eq!(
        log.take(),
        ["drop local", "drop value", "exit", "drop manager"]
    );
}

#[test]
fn underscore_keeps_the_value_until_the_body_ends() {
    let log = Log::new();
    with! { Held::new(&log) as _ => { log.say("body"); } }
    let told = ["body", "drop value", "exit", "drop manager"];
    assert_eq!(log.take(), told);
    with!(_ = Held::new(&log), { log.say("body") });
    assert_eq!(log.take(), told);
}

#[test]
fn no_binding_keeps_the_value_until_the_body_ends() {
    let log = Log::new();
    with! { Held::new(&log) => { log.say("body"); } }
    with!(Held::new(&log), {
        log.say("body");
    });
    let told = ["body", "drop value", "exit", "drop manager"];
    assert_eq!(log.take(), [told, told].concat());
}

#[test]
fn what_a_pattern_does_not_bind_lives_until_the_body_ends() {
    struct Pair(Log);
    impl ContextManager for Pair {
        type Lends = cm_runtime::Owned<(Noisy, Noisy)>;
        type Exit = ();
        fn enter(&mut self) -> Result<(Noisy, Noisy), Infallible> {
            Ok((self.0.noisy("left"), self.0.noisy("right")))
        }
        fn exit(&mut self, _: Outcome<'_>) {
            self.0.say("exit");
        }
    }
    let log = Log::new();
    with! { Pair(log.clone()) as (left, _) => {
        drop(left);
        log.say("body");
    } }
    assert_eq!(log.take(), ["drop left", "body", "drop right", "exit"]);
}

#[test]
fn a_value_moved_in_the_body_is_dropped_there() {
    let log = Log::new();
    let kept = with! { Held::new(&log) as value => {
        let kept = value;
        log.say("body");
        kept
    } };
    assert_eq!(log.take(), ["body", "exit", "drop manager"]);
    drop(kept);
    assert_eq!(log.take(), ["drop value"]);
}

/// Borrows from what it is made of.
struct View<'a>(&'a Noisy, &'a Log);

impl ContextManager for View<'_> {
    type Lends = Ref<Noisy>;
    type Exit = ();
    fn enter(&mut self) -> Result<&Noisy, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {
        self.1.say("exit");
    }
}

#[test]
fn temporaries_of_the_header_live_until_after_exit() {
    let log = Log::new();
    with! { View(&log.noisy("temporary"), &log) as v => {
        log.say(format!("body {}", v.len()));
    } }
    log.say("after");
    assert_eq!(log.take(), ["body 9", "exit", "drop temporary", "after"]);
}

#[test]
fn temporaries_of_several_items() {
    let log = Log::new();
    let sum = with! {
        View(&log.noisy("a"), &log) as a,
        View(&log.noisy("bb"), &log) as b => {
        a.len() + b.len()
    } };
    assert_eq!(sum, 3);
    assert_eq!(log.take(), ["exit", "drop bb", "exit", "drop a"]);
}

#[test]
fn temporaries_of_a_later_header_may_use_an_earlier_binding() {
    let log = Log::new();
    let sum = with! { log.plain("m") as text, View(&log.noisy(if text == "m" { "yes" } else { "" }), &log) as v => {
        text.push('x');
        v.len()
    } };
    assert_eq!(sum, 3);
}

#[test]
fn temporaries_of_the_header_die_before_the_block_ends() {
    let log = Log::new();
    let out: usize = {
        let local = log.noisy("local");
        with! { View(&local, &log) as v => { v.len() } }
    };
    assert_eq!(out, 5);
    fn as_tail(log: &Log) -> usize {
        let local = log.noisy("local");
        with! { View(&local, log) as v => { v.len() } }
    }
    assert_eq!(as_tail(&log), 5);
    let cell = std::cell::RefCell::new(String::from("x"));
    fn through_a_cell(log: &Log, cell: std::cell::RefCell<String>) -> usize {
        struct Len<'a>(std::cell::Ref<'a, String>);
        impl ContextManager for Len<'_> {
            type Lends = Ref<str>;
            type Exit = ();
            fn enter(&mut self) -> Result<&str, Infallible> {
                Ok(&self.0)
            }
            fn exit(&mut self, _: Outcome<'_>) {}
        }
        log.say("tail");
        with! { Len(cell.borrow()) as text => { text.len() } }
    }
    assert_eq!(through_a_cell(&log, cell), 1);
}

#[test]
fn temporaries_of_the_bodys_tail_as_in_a_plain_block() {
    fn plain(log: &Log) -> usize {
        let n = {
            let _local = log.noisy("local");
            log.noisy("tail").len()
        };
        log.say("after");
        n
    }
    fn entered(log: &Log) -> usize {
        let n = with! { log.plain("m") => {
            let _local = log.noisy("local");
            log.noisy("tail").len()
        } };
        log.say("after");
        n
    }
    let (here, there) = (Log::new(), Log::new());
    assert_eq!(plain(&here), entered(&there));
    let plain: Vec<_> = here.take();
    let mut entered = there.take();
    // In both editions the tail's temporaries are gone before exit is called.
    let exit = entered
        .iter()
        .position(|line| line == "exit m: End")
        .unwrap();
    assert_eq!(exit, 3);
    entered.retain(|line| line.starts_with("drop") || line == "after");
    let order = if env!("CARGO_PKG_NAME").ends_with("2021") {
        ["drop local", "drop tail", "after"]
    } else {
        ["drop tail", "drop local", "after"]
    };
    assert_eq!(
        (plain, entered.as_slice()),
        (
            order.map(String::from).to_vec(),
            &order.map(String::from)[..]
        )
    );
}

#[test]
fn the_manager_is_dropped_before_what_follows() {
    let log = Log::new();
    let mut held = Held::new(&log);
    with! { &mut held => {} }
    with! { held => {} }
    assert_eq!(
        log.take(),
        ["drop value", "exit", "drop value", "exit", "drop manager"]
    );
}

#[test]
fn several_items_are_nested() {
    let log = Log::new();
    with! { Held::new(&log) as a, log.plain("b") as b => {
        assert_eq!((a.len(), b.len()), (5, 1));
        log.say("body");
    } }
    assert_eq!(
        log.take(),
        [
            "enter b",
            "body",
            "exit b: End",
            "drop value",
            "exit",
            "drop manager"
        ]
    );
}

#[test]
fn the_blocks_value_may_borrow_what_outlives_it() {
    struct Slot<'s>(&'s mut String);
    impl<'s> ContextManager for Slot<'s> {
        type Lends = Mut<String>;
        type Exit = ();
        fn enter(&mut self) -> Result<&mut String, Infallible> {
            Ok(self.0)
        }
        fn exit(&mut self, _: Outcome<'_>) {
            self.0.push('.');
        }
    }
    let mut text = String::from("a");
    let outer = String::from("outer");
    let borrowed: &str = with! { Slot(&mut text) as s => {
        s.push('b');
        &outer
    } };
    assert_eq!((borrowed, text.as_str()), ("outer", "ab."));
}
