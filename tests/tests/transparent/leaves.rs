//! Leaves in the value of a `break`, and leaves that are configured away.

use cm_runtime::with;
use cm_tests::managers::Log;

/// A leave in the value of a `break` that stays in the body, and in that of one that leaves it.
#[test]
fn leaves_in_the_value_of_a_break() {
    fn run(log: &Log, inner: Option<u8>, outer: Option<u8>) -> Option<u8> {
        let sum = loop {
            with! { log.plain("m") => {
                let value = loop {
                    break inner?;
                };
                break value + outer?;
            } }
        };
        Some(sum)
    }
    let log = Log::new();
    assert_eq!(run(&log, None, Some(1)), None);
    assert_eq!(run(&log, Some(1), None), None);
    assert_eq!(run(&log, Some(1), Some(2)), Some(3));
    let told = [
        "enter m",
        "exit m: Failed",
        "enter m",
        "exit m: Failed",
        "enter m",
        "exit m: Break",
    ];
    assert_eq!(log.take(), told);
}

/// Leaves that are there in another configuration only: what stands behind them is reached, and has its
/// type from the others.
#[test]
fn leaves_that_are_configured_away() {
    fn run(log: &Log, n: u8) -> Option<u8> {
        for _ in 0..1 {
            with! { log.plain("m") => {
                #[cfg(any())]
                n.checked_sub(9)?;
                #[cfg(any())]
                if n == 9 {
                    return Some(9);
                }
                match n {
                    #[cfg(any())]
                    9 => break,
                    1 => n.checked_sub(2)?,
                    _ => 0,
                };
            } }
        }
        Some(n)
    }
    let log = Log::new();
    assert_eq!([run(&log, 1), run(&log, 9)], [None, Some(9)]);
    let told = ["enter m", "exit m: Failed", "enter m", "exit m: End"];
    assert_eq!(log.take(), told);
}

#[test]
fn leaves_in_elements_that_are_configured_away() {
    fn run(log: &Log, n: u8) -> Option<u8> {
        let only = |n: u8| n;
        with! { log.plain("m") => {
            let array = [
                #[cfg(any())]
                n.checked_sub(9)?,
                #[cfg(not(any()))]
                n.checked_sub(1)?,
            ];
            let list = vec![
                array[0],
                #[cfg(any())]
                n.checked_sub(9)?,
            ];
            let pair = (
                #[cfg(any())]
                n.checked_sub(9)?,
                list[0],
                array.len(),
            );
            let same = only(
                #[cfg(any())]
                n.checked_sub(9)?,
                pair.0,
            );
            same.checked_add(
                #[cfg(any())]
                return Some(9),
                1,
            )
        } }
    }
    let log = Log::new();
    assert_eq!([run(&log, 1), run(&log, 0)], [Some(1), None]);
    let told = ["enter m", "exit m: End", "enter m", "exit m: Failed"];
    assert_eq!(log.take(), told);
}

/// The attribute stands at all kinds of expressions.
#[test]
fn leaves_in_any_element_that_is_configured_away() {
    fn run(log: &Log, n: Option<u8>, list: &[u8]) -> Option<usize> {
        with! { log.plain("m") => {
            let kinds = vec![
                #[cfg(any())]
                [n?],
                #[cfg(any())]
                { n? },
                #[cfg(any())]
                usize::from(n?),
                #[cfg(any())]
                (n?, n?).0,
                #[cfg(any())]
                for _ in 0..n? {},
                #[cfg(any())]
                if n? == 1 { 2 } else { 3 },
                #[cfg(any())]
                list[usize::from(n?)],
                #[cfg(any())]
                loop { n?; },
                #[cfg(any())]
                u8::max(1, n?),
                #[cfg(any())]
                matches!(n?, 1),
                #[cfg(any())]
                match n? { _ => 3 },
                #[cfg(any())]
                list.get(usize::from(n?)),
                #[cfg(any())]
                (n?),
                #[cfg(any())]
                &n?,
                #[cfg(any())]
                [n?; 2],
                #[cfg(any())]
                return Some(usize::from(n?)),
                #[cfg(any())]
                Some::<_> { 0: n? },
                #[cfg(any())]
                (n?,),
                #[cfg(any())]
                -n?,
                #[cfg(any())]
                // SAFETY: nothing in it is unsafe.
                unsafe { n? },
                #[cfg(any())]
                while n? == 1 {},
                list.len(),
            ];
            kinds.len()
        } }
        .checked_add(n?.into())
    }
    let log = Log::new();
    assert_eq!(run(&log, Some(1), &[]), Some(2));
    assert_eq!(log.take(), ["enter m", "exit m: End"]);
}

/// One `return` is configured away, and another one is not.
#[test]
fn returns_of_which_one_is_configured_away() {
    fn run(log: &Log, n: u8) -> Box<dyn std::fmt::Debug> {
        with! { log.plain("a"), log.plain("b") => {
            #[cfg(any())]
            return Box::new(0);
            if n == 1 {
                return Box::new("one");
            }
            return Box::new(n);
        } }
    }
    let log = Log::new();
    assert_eq!(
        format!("{:?} {:?}", run(&log, 1), run(&log, 2)),
        "\"one\" 2"
    );
    let told = ["enter a", "enter b", "exit b: Return", "exit a: Return"];
    assert_eq!(log.take(), [told, told].concat());
}
