//! Cleanup that goes on behind its block, and children that do not.

use crate::row;

#[test]
fn deferred_cleanup_35() {
    let lines = [
        "block returns: exists true",
        "cleanup ends: Ok(()), exists false",
    ];
    assert_eq!(row("background", 35), lines);
}

#[test]
fn child_processes_41() {
    let lines = [
        r#"answer "HELLO", alive false"#,
        r#"refused Err("exit status: 3")"#,
        "inside alive true",
        r#"failed Err("invalid digit found in string"), alive false"#,
    ];
    assert_eq!(row("background", 41), lines);
}
