//! The gallery: each example is run as a user starts it, and asked what it has to show for each of
//! its rows in `README.md`. They use `/dev/full` and `/proc`.

#![cfg(target_os = "linux")]

mod asynchronous;
mod background;
mod cost;
mod database;
mod durable;
mod errors;
mod files;
mod index;
mod locks;
mod monitor;
mod network;
mod order;
mod overrides;
mod pipeline;
mod stack;
mod tasks;
mod timing;

use std::path::PathBuf;
use std::process::Command;

/// What an example has printed.
struct Run {
    stdout: String,
    stderr: String,
}

/// `cargo test` builds the examples next to the tests.
fn path(example: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.ancestors().nth(2).expect("it is in target/*/deps");
    target.join("examples").join(example)
}

fn run(example: &str, args: &[&str]) -> Run {
    let output = Command::new(path(example)).args(args).output();
    let output =
        output.expect("`cargo build --examples` has built it, or `cargo test` without `--test`");
    let run = Run {
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    };
    assert!(output.status.success(), "{}{}", run.stdout, run.stderr);
    run
}

/// The lines of an example under the heading of a row, which begins with its number.
fn row(example: &str, number: u32) -> Vec<String> {
    run(example, &[]).row(number)
}

impl Run {
    fn row(&self, number: u32) -> Vec<String> {
        let mut lines = self.stdout.lines();
        let found = lines.any(|line| heading(line) == Some(number));
        assert!(found, "there is no row {number} in {}", self.stdout);
        let lines = lines.take_while(|line| heading(line).is_none());
        lines.map(String::from).collect()
    }
}

fn heading(line: &str) -> Option<u32> {
    line.split_once(": ")?.0.parse().ok()
}

/// The number in front of `unit`, in the line that begins with `start`.
fn number(lines: &[String], start: &str, unit: &str) -> f64 {
    let line = lines.iter().find(|line| line.starts_with(start));
    let line = line.unwrap_or_else(|| panic!("there is no {start:?} in {lines:?}"));
    let number = line.trim_end_matches(unit).trim_end().rsplit(' ').next();
    number.and_then(|n| n.parse().ok()).expect("it is a number")
}
