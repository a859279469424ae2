//! Everything in a stack is closed in reverse.

use crate::row;

#[test]
fn files_and_a_callback_18() {
    let merged = r#"merged "text of a.txt\ntext of b.txt\ntext of c.txt\n""#;
    let lines = [
        r#"closed "c.txt""#,
        r#"closed "b.txt""#,
        r#"closed "a.txt""#,
        "callback; the directory exists: true",
        &format!("{merged}; the directory exists: false"),
    ];
    assert_eq!(row("stack", 18), lines);
}

#[test]
fn missing_files_26() {
    let lines = row("stack", 26);
    assert!(lines[0].starts_with("skipped ") && lines[0].ends_with("missing.txt"));
    let rest = [
        r#"closed "rain.txt""#,
        r#"closed "roses.txt""#,
        r#"longest ["Violets are blue", "Rain, rain"]"#,
    ];
    assert_eq!(lines[1..], rest);
}
