//! What is on the disk when something fails.

use crate::row;

#[test]
fn error_at_close_8() {
    let lines = ["plainly Ok(())", "safely Err(StorageFull)"];
    assert_eq!(row("durable", 8), lines);
}

#[test]
fn backup_37() {
    let lines = [
        r#"failed false, left "2\n3\n""#,
        r#"failed true, left "2\n3\n""#,
        "files 1",
    ];
    assert_eq!(row("durable", 37), lines);
}

#[test]
fn archives_40() {
    let lines = [
        "gzip failed false, read Ok(23)",
        "zip failed false, files Some(2)",
        "tar failed false, whole true",
        "gzip failed true, read Err(UnexpectedEof)",
        "zip failed true, files None",
        "tar failed true, whole false",
    ];
    assert_eq!(row("durable", 40), lines);
}
