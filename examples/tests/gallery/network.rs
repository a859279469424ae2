//! Connections are closed, calls are counted.

use crate::{number, row};

#[test]
fn closed_on_every_path_15() {
    let lines = [
        "Ok(Some(1)), the server sees it closed: true",
        "Ok(None), the server sees it closed: true",
        r#"Err("HTTP/1.1 404 Not Found"), the server sees it closed: true"#,
    ];
    assert_eq!(row("network", 15), lines);
}

#[test]
fn rate_limit_30() {
    let lines = row("network", 30);
    assert!(number(&lines, "ada: 5 calls in", "ms") >= 200.0);
    let rest = [
        "grace: failed [false, true, true, true, false]",
        "slots taken: ada 1, grace 2",
    ];
    assert_eq!(lines[1..], rest);
}
