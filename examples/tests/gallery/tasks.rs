//! Tasks that end with their block, and cleanup that does not end with its future.

use crate::row;

#[test]
fn task_group_42() {
    let lines = [
        r#"caller has Ok(["one", "two", "three"])"#,
        "wait: aborted",
        r#"caller has Err("\"and see\" is no word; then \"what comes\" is no word")"#,
    ];
    assert_eq!(row("tasks", 42), lines);
}

#[test]
fn dropped_future_43() {
    let lines = [
        r#"by itself: Err("timed out after 1s")"#,
        r#"heard ["wait", "save"]"#,
        r#"detached: Err("timed out after 1s")"#,
        "cleanups that go on 1",
        r#"heard ["wait", "save", "goodbye"]"#,
    ];
    assert_eq!(row("tasks", 43), lines);
}
