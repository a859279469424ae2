//! What is awaited has ended when the block has.

use crate::row;

#[test]
fn connection_23() {
    let lines = [
        "connected",
        "COMMIT",
        "closed",
        "inserted true",
        "connected",
        "ROLLBACK",
        "closed",
        "inserted false",
        "rows ada,grace",
    ];
    assert_eq!(row("asynchronous", 23), lines);
}

#[test]
fn stream_24() {
    let lines = [
        "Ok(Some(225)), the server was told goodbye: true",
        r#"Err("number too large to fit in target type"), the server was told goodbye: true"#,
    ];
    assert_eq!(row("asynchronous", 24), lines);
}
