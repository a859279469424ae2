//! Errors are handled, logged, or passed on.

use crate::row;

#[test]
fn handled_by_the_file_5() {
    let lines = [
        "Exception has been handled: invalid digit found in string",
        "closed",
        r#"goes on, with "Hola!" in the file"#,
    ];
    assert_eq!(row("errors", 5), lines);
}

#[test]
fn handler_13() {
    let lines = [
        "finally",
        "caller has Some(3)",
        "handled: invalid digit found in string",
        "finally",
        "caller has None",
        "ERROR: No such file or directory (os error 2)",
        "finally",
        r#"caller has Err("No such file or directory (os error 2)")"#,
    ];
    assert_eq!(row("errors", 13), lines);
}

#[test]
fn missing_file_16() {
    assert_eq!(
        row("errors", 16),
        ["goes on; the file exists: false"; 2],
        "the first time it was there"
    );
}

#[test]
fn always_released_25() {
    let lines = [
        "caller has Ok(Some(7)), lock file false",
        "interrupted, which is fine",
        "caller has Ok(None), lock file false",
        "ERROR: while locked: broken pipe",
        "caller has Err(BrokenPipe), lock file false",
    ];
    assert_eq!(row("errors", 25), lines);
}
