//! All is stored or nothing, and the report shows which.

use crate::row;

#[test]
fn whole_program_44() {
    let lines = row("pipeline", 44);
    let (logged, shown): (Vec<_>, Vec<_>) = lines
        .iter()
        .partition(|line| line.starts_with("INFO: run over"));
    let failed: Vec<_> = logged
        .iter()
        .map(|line| line.ends_with(", and failed"))
        .collect();
    assert_eq!(failed, [false, true, true, true]);
    let expected = [
        "wien: Ok(6)",
        "rows 6, lines of the report Ok(6)",
        r#"rungholt: Err("rungholt: HTTP/1.0 404 Not Found")"#,
        "rows 6, lines of the report Ok(6)",
        r#"atlantis: Err("timed out after 1s")"#,
        "rows 6, lines of the report Ok(6)",
        r#"sonnblick: Err("sonnblick: \"12h frozen\" is no reading")"#,
        "rows 6, lines of the report Err(UnexpectedEof)",
    ];
    assert_eq!(shown, expected);
}
