//! Redirections, seen from outside of the process that does them.

use std::process::{Command, Output};

fn run(case: &str, path: &std::path::Path) -> Output {
    let program = env!("CARGO_BIN_EXE_redirects");
    let output = Command::new(program).arg(case).arg(path).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || case == "changed", "{errors}");
    output
}

fn stdout(case: &str) -> String {
    let output = run(case, std::path::Path::new("unused"));
    String::from_utf8(output.stdout).unwrap()
}

/// Making it redirects nothing; what is printed inside goes to the target,
/// by `println!`, by a child, and by the target itself, which the block gets; then it is restored.
#[test]
fn to_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.txt");
    let output = run("file", &path);
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(out, "making it redirects nothing\nrestored\n");
    let file = std::fs::read_to_string(path).unwrap();
    assert_eq!(file, "by println\nby a child\nby the target\n");
}

/// The program asserts what it has captured of both streams.
#[test]
fn to_a_buffer() {
    assert_eq!(stdout("buffer"), "restored\n");
}

/// Read while others write: nothing is lost, and nothing overwritten.
#[test]
fn read_while_it_is_written() {
    assert_eq!(stdout("meanwhile"), "all of it\n");
}

/// Used again, and nested in itself.
#[test]
fn reused_and_nested() {
    assert_eq!(stdout("nested"), "restored\n");
}

/// An unfinished line goes where it was printed, not where the next one is.
#[test]
fn partial_lines() {
    assert_eq!(stdout("partial"), "before after\n");
}

/// What its target has not taken does not go elsewhere instead.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    assert_eq!(stdout("full"), "restored\n");
}

#[test]
fn restored_after_a_failure() {
    assert_eq!(stdout("failed"), "no\n");
}

#[test]
fn changed_by_somebody_else() {
    let dir = tempfile::tempdir().unwrap();
    let output = run("changed", &dir.path().join("elsewhere.txt"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("ChangedElsewhere"), "{errors}");
}
