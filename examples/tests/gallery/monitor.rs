//! Time, processor time and memory, with what the machine may add to them.

use crate::{number, row};

#[test]
fn report_and_warning_29() {
    let lines = row("monitor", 29);
    let of = |start, unit| number(&lines, start, unit);
    assert!(of("computing: cpu", "ms") >= 1.0);
    let kib = of("computing: memory", "KiB");
    assert!((50_000.0..200_000.0).contains(&kib), "{kib}");
    assert!(of("sleeping: time", "ms") >= 100.0);
    assert!(of("sleeping: cpu", "ms") < of("sleeping: time", "ms"));
    assert!(lines.contains(&String::from("result 13192384398896277669")));
    let warnings = lines.iter().filter(|line| line.starts_with("warning"));
    let warnings: Vec<_> = warnings.collect();
    assert_eq!(warnings, ["warning: sleeping took longer than 20ms"]);
}
