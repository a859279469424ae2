//! The order of events, and which of two errors goes on.

use crate::{row, run};

#[test]
fn events_4() {
    let events = [
        "expression",
        "enter",
        "body, value is bound",
        "value dropped",
    ];
    let lines = row("order", 4);
    assert_eq!(lines[..4], events);
    assert_eq!(lines[4..6], ["exit: Succeeded(End)", "caller has Ok(7)"]);
    assert_eq!(lines[6..10], events);
    assert_eq!(
        lines[10],
        "exit: Failed(ParseIntError { kind: InvalidDigit })"
    );
    assert_eq!(
        lines[11..],
        ["caller has Err(ParseIntError { kind: InvalidDigit })"]
    );
}

#[test]
fn around_a_body_6() {
    assert_eq!(row("order", 6), ["entering", "inside", "exiting"]);
}

#[test]
fn both_fail_31() {
    let run = run("order", &[]);
    let lines = run.row(31);
    assert_eq!(lines[0], r#"error: Err("the body failed")"#);
    let lost = "No such file or directory (os error 2) (the body had failed: the body failed)";
    assert!(run.stderr.trim_end().ends_with(lost), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1);
    let listener = "listener: lost in the exit of `cm_runtime::contextlib::guard::Guard<";
    assert!(lines[1].starts_with(listener) && lines[1].ends_with(lost));
    assert_eq!(lines[2..], [r#"error: Err("the body failed")"#]);
}

#[test]
fn early_return_33() {
    let lines = [
        "entering",
        "look at a",
        "look at longer",
        "exiting",
        r#"caller has Some("longer")"#,
    ];
    assert_eq!(row("order", 33), lines);
}
