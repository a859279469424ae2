//! Files are written, read back, and closed.

use crate::row;

#[test]
fn as_a_type_1() {
    let lines = [
        r#"written "Test""#,
        "closed true",
        "failed true",
        "closed true",
    ];
    assert_eq!(row("files", 1), lines);
}

#[test]
fn as_a_function_2() {
    let lines = ["closing", r#"written "Test""#, "closing", "failed true"];
    assert_eq!(row("files", 2), lines);
}

#[test]
fn on_disk_although_the_body_fails_3() {
    let lines = [
        r#"error Err("invalid digit found in string")"#,
        r#"on disk "Hello, World!\n""#,
    ];
    assert_eq!(row("files", 3), lines);
}

#[test]
fn temporary_directory_12() {
    let lines = [r#"inside "Hello, World!""#, "afterwards it exists: false"];
    assert_eq!(row("files", 12), lines);
}

#[test]
fn several_files_20() {
    let lines = [
        r#"copy "HELLO, WORLD!\n""#,
        r#"index "one\ntwo\n""#,
        r#"page "page two\n""#,
    ];
    assert_eq!(row("files", 20), lines);
}

#[test]
fn reading_and_writing_39() {
    let lines = [
        "closing",
        r#"line "Roses are red""#,
        r#"line "Violets are blue""#,
        "bytes [ca, fe, ba, be], from the third on [ba, be]",
    ];
    assert_eq!(row("files", 39), lines);
}
