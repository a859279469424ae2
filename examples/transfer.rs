//! Applies a file of bank transfers to an `SQLite` database, each in a transaction of its own, and
//! writes a report.
//!
//! ```console
//! $ cargo run --example transfer [-- CSV [DATABASE [REPORT]]]
//! ```
//!
//! Four managers do the cleanup: a timer, a report that is only there once it is whole, a lock, and
//! a transaction that commits or rolls back by the outcome of its block.

use std::convert::Infallible;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use cm_runtime::{ContextManager, Mut, Outcome, Owned, Ref, with};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Deserialize;
use thiserror::Error;

#[derive(Debug, Error)]
enum Error {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{place}: {source}")]
    Database {
        place: String,
        source: rusqlite::Error,
    },
    #[error("{}:{line}: {reason}", path.display())]
    Malformed {
        path: PathBuf,
        line: u64,
        reason: String,
    },
}

/// Why one transfer was not applied.
#[derive(Debug, Error)]
enum Rejection {
    #[error("account {0} is not known")]
    UnknownAccount(i64),
    #[error("account {account} has {cents} cents")]
    InsufficientFunds { account: i64, cents: i64 },
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

#[derive(Debug, Deserialize)]
struct Transfer {
    from: i64,
    to: i64,
    cents: u32,
}

#[derive(Debug, Default)]
struct Summary {
    applied: usize,
    unknown: usize,
    insufficient: usize,
    malformed: usize,
}

/// Commits when its block succeeds, by whichever leave, and rolls back when it fails.
struct Transaction<'c>(&'c Connection);

impl ContextManager for Transaction<'_> {
    type Lends = Ref<Connection>;
    type Exit = rusqlite::Result<()>;

    fn enter(&mut self) -> rusqlite::Result<&Connection> {
        self.0.execute_batch("BEGIN IMMEDIATE")?;
        Ok(self.0)
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> rusqlite::Result<()> {
        let ended = if outcome.is_success() {
            self.0.execute_batch("COMMIT")
        } else {
            Ok(())
        };
        // Also after a COMMIT that has failed: it leaves the transaction open.
        if !self.0.is_autocommit() {
            self.0.execute_batch("ROLLBACK")?;
        }
        ended
    }
}

/// A file that gets its name once it is written and synced; until then it has another one.
struct Report {
    path: PathBuf,
    unfinished: PathBuf,
    file: BufWriter<File>,
}

impl Report {
    fn create(path: &Path) -> Result<Self, Error> {
        let unfinished = path.with_extension("unfinished");
        let file = File::create(&unfinished).map_err(|source| file_error(&unfinished, source))?;
        Ok(Self {
            path: path.to_owned(),
            unfinished,
            file: BufWriter::new(file),
        })
    }

    fn publish(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.unfinished, &self.path)
    }
}

impl ContextManager for Report {
    type Lends = Mut<BufWriter<File>>;
    type Exit = Result<(), Error>;

    fn enter(&mut self) -> Result<&mut BufWriter<File>, Error> {
        Ok(&mut self.file)
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), Error> {
        let done = if outcome.is_success() {
            self.publish()
        } else {
            fs::remove_file(&self.unfinished)
        };
        done.map_err(|source| file_error(&self.path, source))
    }
}

/// Tells how long its block took, failed or not.
struct Timer<F: FnMut(Duration)> {
    started: Instant,
    tell: F,
}

fn timer<F: FnMut(Duration)>(tell: F) -> Timer<F> {
    let started = Instant::now();
    Timer { started, tell }
}

impl<F: FnMut(Duration)> ContextManager for Timer<F> {
    type Lends = Owned<()>;
    type Exit = ();

    fn enter(&mut self) -> Result<(), Infallible> {
        self.started = Instant::now();
        Ok(())
    }

    fn exit(&mut self, _: Outcome<'_>) {
        (self.tell)(self.started.elapsed());
    }
}

fn apply(db: &Mutex<Connection>, transfer: &Transfer) -> Result<(), Rejection> {
    let Transfer { from, to, cents } = *transfer;
    with! { db as db, Transaction(&db)? as tx => {
        let funds = "SELECT cents FROM account WHERE id = ?1";
        let funds: Option<i64> = tx.query_row(funds, [from], |row| row.get(0)).optional()?;
        let funds = funds.ok_or(Rejection::UnknownAccount(from))?;
        if from == to {
            return Ok(()); // nothing to move; the transaction commits
        }
        if funds < i64::from(cents) {
            return Err(Rejection::InsufficientFunds { account: from, cents: funds });
        }
        tx.execute("UPDATE account SET cents = cents - ?2 WHERE id = ?1", (from, cents))?;
        let add = "UPDATE account SET cents = cents + ?2 WHERE id = ?1";
        if tx.execute(add, (to, cents))? == 0 {
            return Err(Rejection::UnknownAccount(to)); // takes the debit back
        }
    } }
    Ok(())
}

/// The transfers of a file, or what is wrong with its line.
fn transfers(path: &Path) -> Result<impl Iterator<Item = (u64, Result<Transfer, Error>)>, Error> {
    let file = File::open(path).map_err(|source| file_error(path, source))?;
    let path = path.to_owned();
    let records = csv::Reader::from_reader(file).into_records();
    Ok(records.map(move |record| {
        let line = match &record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        let line = line.map_or(0, csv::Position::line);
        let transfer = record.and_then(|record| record.deserialize(None));
        let malformed = |error: csv::Error| Error::Malformed {
            path: path.clone(),
            line,
            reason: reason(error.kind()),
        };
        (line, transfer.map_err(malformed))
    }))
}

fn reason(kind: &csv::ErrorKind) -> String {
    match kind {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{len} fields instead of {expected_len}"),
        csv::ErrorKind::Deserialize { err, .. } => match err.field() {
            Some(field) => format!("field {}: {}", field + 1, err.kind()),
            None => err.to_string(),
        },
        other => format!("{other:?}"),
    }
}

fn process(csv: &Path, db: &Mutex<Connection>, report: &Path) -> Result<Summary, Error> {
    let mut summary = Summary::default();
    let report_error = |source| file_error(report, source);
    with! { timer(|took| println!("took       {took:.1?}")), Report::create(report)? as report => {
        for (line, transfer) in transfers(csv)? {
            let transfer = match transfer {
                Ok(transfer) => transfer,
                Err(malformed) => {
                    summary.malformed += 1;
                    eprintln!("{malformed}");
                    writeln!(report, "{line}: malformed").map_err(report_error)?;
                    continue;
                }
            };
            let rejection = match apply(db, &transfer) {
                Ok(()) => {
                    summary.applied += 1;
                    writeln!(report, "{line}: applied").map_err(report_error)?;
                    continue;
                }
                Err(Rejection::Database(source)) => {
                    let place = format!("{}:{line}", csv.display());
                    return Err(Error::Database { place, source });
                }
                Err(rejection) => rejection,
            };
            match rejection {
                Rejection::UnknownAccount(_) => summary.unknown += 1,
                _ => summary.insufficient += 1,
            }
            writeln!(report, "{line}: rejected, {rejection}").map_err(report_error)?;
        }
    } }
    Ok(summary)
}

/// Fifty accounts with 1,000.00 each, if the database is new.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_millis(200))?;
    with! { Transaction(&db)? as tx => {
        if !tx.table_exists(None, "account")? {
            tx.execute_batch("CREATE TABLE account (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL)")?;
            for id in 1..=50 {
                tx.execute("INSERT INTO account VALUES (?1, 100000)", [id])?;
            }
        }
    } }
    Ok(db)
}

fn total(db: &Mutex<Connection>) -> rusqlite::Result<i64> {
    with! { db as db => { db.query_row("SELECT sum(cents) FROM account", [], |row| row.get(0)) } }
}

fn run(csv: &Path, database: &Path, report: &Path) -> Result<(), Error> {
    let database_error = |source| Error::Database {
        place: database.display().to_string(),
        source,
    };
    let db = Mutex::new(open(database).map_err(database_error)?);
    let before = total(&db).map_err(database_error)?;
    let processed = process(csv, &db, report);
    let after = total(&db).map_err(database_error)?;
    let summary = processed?;
    println!("applied    {}", summary.applied);
    println!("rejected   {} unknown account", summary.unknown);
    println!("           {} insufficient funds", summary.insufficient);
    println!("           {} malformed", summary.malformed);
    println!("total      {before} cents before, {after} after");
    println!("report     {}", report.display());
    Ok(())
}

fn file_error(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    Error::File { path, source }
}

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let shipped = || Path::new(env!("CARGO_MANIFEST_DIR")).join("transfers.csv");
    let csv = args.next().unwrap_or_else(shipped);
    let database = args.next().unwrap_or_else(|| {
        let fresh = std::env::temp_dir().join(format!("transfer-{}.db", std::process::id()));
        println!("database   {}", fresh.display());
        fresh
    });
    let report = args.next();
    let report = report.unwrap_or_else(|| database.with_extension("report"));
    match run(&csv, &database, &report) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
