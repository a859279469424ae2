//! What is timed says so; how long it took is up to the machine.

use crate::row;

/// The lines without what looks like a duration.
fn without_durations(lines: &[String]) -> Vec<String> {
    let without = |line: &String| {
        let words = line.split(' ').filter(|word| !is_duration(word));
        words.collect::<Vec<_>>().join(" ")
    };
    lines.iter().map(without).collect()
}

fn is_duration(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    let number = word.trim_end_matches(|c: char| c.is_alphabetic());
    number.len() < word.len() && word.ends_with('s') && number.parse::<f64>().is_ok()
}

#[test]
fn timer_14() {
    let lines = row("timing", 14);
    assert!(is_duration(lines[0].trim_start_matches("took ")));
    let lines = without_durations(&lines);
    let expected = [
        "took",
        "caller has Ok([1, 2])",
        "took",
        "caller has Err(ParseIntError { kind: InvalidDigit })",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn benchmark_21() {
    let lines = row("timing", 21);
    assert!(lines[..2].iter().all(|l| l.split(' ').any(is_duration)));
    let expected = [
        "as a block:",
        "as a decorator:",
        "sums 333833500 and 333833500",
    ];
    assert_eq!(without_durations(&lines), expected);
}

#[test]
fn named_operations_27() {
    let lines = row("timing", 27);
    assert!(lines[..2].iter().all(|l| l.split(' ').any(is_duration)));
    let expected = ["INFO: generate took", "INFO: join took", "bytes 98889"];
    assert_eq!(without_durations(&lines), expected);
}

#[test]
fn activities_36() {
    let expected = [
        "INFO: parse a number: started",
        "INFO: parse a number: completed after",
        "DEBUG: parse a word: started",
        "ERROR: parse a word: failed after invalid digit found in string",
        "caller has Err(ParseIntError { kind: InvalidDigit })",
    ];
    assert_eq!(without_durations(&row("timing", 36)), expected);
}
