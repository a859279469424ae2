//! Rows in `SQLite`, and connections that come back.

use crate::row;

#[test]
fn pool_7() {
    let lines = ["served 333, early 334, failed 333", "idle again 3"];
    assert_eq!(row("database", 7), lines);
}

#[test]
fn committed_or_rolled_back_11() {
    let lines = [
        "COMMIT",
        "closed",
        "inserted true",
        "ROLLBACK",
        "closed",
        "inserted false",
        "rows ada,grace",
    ];
    assert_eq!(row("database", 11), lines);
}

#[test]
fn connection_as_a_manager_38() {
    let lines = [
        "booked true",
        "booked false",
        "booked true",
        "rows 1: 101, 2: 500",
    ];
    assert_eq!(row("database", 38), lines);
}
