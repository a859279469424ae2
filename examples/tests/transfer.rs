//! The main example as a user starts it: what it prints, what it leaves behind, and what it says
//! about bad input.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use tempfile::TempDir;

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// `cargo test` builds the examples next to the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.ancestors().nth(2).expect("it is in target/*/deps");
    target.join("examples").join("transfer")
}

fn run(args: &[&Path]) -> Run {
    let output = Command::new(example()).args(args).output();
    let output =
        output.expect("`cargo build --examples` has built it, or `cargo test` without `--test`");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("transfers.csv")
}

fn total(database: &Path) -> i64 {
    let db = Connection::open(database).expect("the database is there");
    let total = db.query_row("SELECT sum(cents) FROM account", [], |row| row.get(0));
    total.expect("it has accounts")
}

fn cents(database: &Path, id: i64) -> i64 {
    let db = Connection::open(database).expect("the database is there");
    let query = "SELECT cents FROM account WHERE id = ?1";
    let cents = db.query_row(query, [id], |row| row.get(0));
    cents.expect("the account is there")
}

struct Place {
    _dir: TempDir,
    csv: PathBuf,
    database: PathBuf,
    report: PathBuf,
}

fn place(csv: &str) -> Place {
    let dir = TempDir::new().expect("there is a temporary directory");
    let at = |name: &str| dir.path().join(name);
    let place = Place {
        csv: at("own.csv"),
        database: at("own.db"),
        report: at("own.report"),
        _dir: dir,
    };
    fs::write(&place.csv, csv).expect("it can be written");
    place
}

impl Place {
    fn run(&self) -> Run {
        run(&[&self.csv, &self.database, &self.report])
    }

    fn is_tidy(&self) -> bool {
        !self.report.with_extension("unfinished").exists()
    }
}

#[test]
fn the_shipped_transfers_keep_the_total() {
    let lines = fs::read_to_string(shipped()).expect("it is shipped");
    assert!(lines.lines().count() > 1_000);

    let place = place("");
    let run = run(&[&shipped(), &place.database, &place.report]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let summary = [
        "applied    1030",
        "rejected   55 unknown account",
        "           90 insufficient funds",
        "           25 malformed",
        "total      5000000 cents before, 5000000 after",
    ];
    for line in summary {
        assert!(run.stdout.lines().any(|l| l == line), "{}", run.stdout);
    }
    assert_eq!(run.stderr.lines().count(), 25);
    assert_eq!(total(&place.database), 5_000_000);
    let report = fs::read_to_string(&place.report).expect("it is published");
    assert_eq!(report.lines().count(), 1_200);
    assert!(place.is_tidy());
}

#[test]
fn a_transfer_is_applied_whole_or_not_at_all() {
    let place = place("from,to,cents\n1,2,2500\n1,99,100\n99,1,100\n3,4,100001\n5,5,700\n");
    let run = place.run();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(cents(&place.database, 1), 97_500, "account 99 got nothing");
    assert_eq!(cents(&place.database, 2), 102_500);
    assert_eq!(cents(&place.database, 3), 100_000);
    let report = fs::read_to_string(&place.report).expect("it is published");
    let expected = "2: applied\n\
        3: rejected, account 99 is not known\n\
        4: rejected, account 99 is not known\n\
        5: rejected, account 3 has 100000 cents\n\
        6: applied\n";
    assert_eq!(report, expected);
}

#[test]
fn a_malformed_line_is_named_and_the_others_are_applied() {
    let place = place("from,to,cents\n1,2,x\n1,2,3,4\n1\n1,2,-5\n1,2,5\n");
    let run = place.run();
    assert_eq!(run.code, Some(0));
    let csv = place.csv.display();
    let expected = format!(
        "{csv}:2: field 3: invalid digit found in string\n\
         {csv}:3: 4 fields instead of 3\n\
         {csv}:4: 1 fields instead of 3\n\
         {csv}:5: field 3: invalid digit found in string\n"
    );
    assert_eq!(run.stderr, expected);
    assert_eq!(cents(&place.database, 1), 99_995);
}

#[test]
fn a_missing_file_is_one_error_and_leaves_no_report() {
    let mut place = place("");
    place.csv = place.csv.with_file_name("missing.csv");
    let run = place.run();
    assert_eq!(run.code, Some(1));
    let expected = format!(
        "error: {}: No such file or directory (os error 2)\n",
        place.csv.display()
    );
    assert_eq!(run.stderr, expected);
    assert!(!place.report.exists());
    assert!(place.is_tidy());
    assert_eq!(total(&place.database), 5_000_000);
}

#[test]
fn a_locked_database_is_one_error() {
    let place = place("from,to,cents\n1,2,5\n");
    assert_eq!(place.run().code, Some(0));
    let other = Connection::open(&place.database).expect("the database is there");
    other.execute_batch("BEGIN EXCLUSIVE").expect("it is free");
    let run = place.run();
    assert_eq!(run.code, Some(1));
    let expected = format!("error: {}: database is locked\n", place.database.display());
    assert_eq!(run.stderr, expected);
    drop(other);
    assert_eq!(total(&place.database), 5_000_000);
}

#[test]
fn a_database_that_is_none_is_one_error() {
    let place = place("from,to,cents\n1,2,5\n");
    fs::write(&place.database, "this is no database, ".repeat(100)).expect("it can be written");
    let run = place.run();
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(
        run.stderr.contains("file is not a database"),
        "{}",
        run.stderr
    );
}
