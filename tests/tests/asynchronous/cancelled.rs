//! Futures that are dropped at each of their awaits.

use cm_runtime::with;
use cm_tests::async_managers::{cuts, pause};
use cm_tests::managers::Refused;

#[test]
fn at_each_await() {
    let cuts = cuts(|log| async move {
        with! { log.plain("a"), async log.async_plain("b") => {
            pause().await;
        } }
    });
    let expected: Vec<Vec<&str>> = vec![
        vec![],
        vec![
            "enter a",
            "entering b",
            "cancel b: Cancelled",
            "exit a: Cancelled",
        ],
        vec![
            "enter a",
            "entering b",
            "entered b",
            "cancel b: Cancelled",
            "exit a: Cancelled",
        ],
        vec![
            "enter a",
            "entering b",
            "entered b",
            "exiting b: End",
            "cancel b: Cancelled",
            "exit a: Cancelled",
        ],
        vec![
            "enter a",
            "entering b",
            "entered b",
            "exiting b: End",
            "exited b",
            "exit a: End",
        ],
    ];
    assert_eq!(cuts, expected);
}

#[test]
fn a_failed_enter_is_owed_nothing() {
    let cuts = cuts(|log| async move {
        with! { async log.async_plain("a") as _text => {
            with! { async log.async_fallible("b").refusing_enter("no")? as _value => {} }
            Ok::<(), Refused>(())
        } }
    });
    let whole = [
        "entering a",
        "entered a",
        "entering b",
        "entered b",
        "exiting a: Failed(no)",
        "exited a",
    ];
    assert_eq!(cuts.last().unwrap(), &whole);
    assert_eq!(
        cuts[3][4..],
        ["exiting a: Failed(no)", "cancel a: Cancelled"]
    );
}
