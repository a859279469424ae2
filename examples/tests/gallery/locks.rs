//! Exact sums, and depths.

use crate::row;

#[test]
fn bank_balance_10() {
    assert_eq!(row("locks", 10), ["balance 66000"]);
}

#[test]
fn optional_lock_19() {
    assert_eq!(row("locks", 19), ["with a lock 4000, without 1000"]);
}

/// What does not compile is a doc test of the README.
#[test]
fn reusable_22() {
    assert_eq!(row("locks", 22), [r#"used twice: ["first", "second"]"#]);
}

#[test]
fn depth_32() {
    let lines = [
        "outer: depth 1",
        "inner: depth 2",
        "outer again: depth 1",
        "afterwards: depth 0",
    ];
    assert_eq!(row("locks", 32), lines);
}
