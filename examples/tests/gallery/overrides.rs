//! Another state inside of a block, and the old one after it.

use crate::{row, run};

#[test]
fn decimal_precision_9() {
    let lines = [
        "0.0238095238095238095238095238095238095238095",
        "0.02380952380952380952380952381",
    ];
    assert_eq!(row("overrides", 9), lines);
}

#[test]
fn standard_streams_17() {
    let run = run("overrides", &[]);
    let lines = [
        r#"stdout was "to the buffer\nfrom a child\n", stderr was "an error\n""#,
        r#"out.txt has "to a file\n""#,
        r#"err.txt has "to another one\n""#,
    ];
    assert_eq!(run.row(17), lines);
    assert_eq!(run.stderr, "");
}

#[test]
fn configuration_28() {
    let lines = [
        r#"before {"debug": "off", "theme": "light"}"#,
        r#"inside {"debug": "on", "theme": "light", "trace": "all"}"#,
        r#"after {"debug": "off", "theme": "dark"}"#,
    ];
    assert_eq!(row("overrides", 28), lines);
}
