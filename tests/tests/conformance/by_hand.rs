//! Exits that are called without a block: in a manager's own tests, and by a manager over two others.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::thread;

use cm_runtime::contextlib::{suppress, suppress_kind, transaction};
use cm_runtime::{
    AsyncContextManager, ContextManager, ErrorOf, Lent, Outcome, OutcomeOf, Owned, Suppress, Typed,
    with,
};
use rusqlite::Connection;

#[derive(Debug, PartialEq)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl Error for Refused {}

#[test]
fn failure_by_hand_shows_its_error_and_its_type() {
    let outcome: Outcome<'_> = Outcome::failed(&Refused);
    assert!(!outcome.is_success());
    assert_eq!(outcome.error().unwrap().to_string(), "refused");
    assert_eq!(format!("{outcome:?}"), "Failed(Refused)");

    let typed: Outcome<'_, Typed> = Outcome::failed(&Refused);
    assert_eq!(typed.downcast_ref::<Refused>(), Some(&Refused));
    assert!(!typed.is::<io::Error>());
    assert!(typed.static_error().unwrap().is::<Refused>());
}

#[test]
fn failure_by_hand_is_known_on_any_thread() {
    let typed: Outcome<'_, Typed> = Outcome::failed(&Refused);
    let found = thread::scope(|scope| {
        scope
            .spawn(|| (typed.is::<Refused>(), typed.is::<io::Error>()))
            .join()
            .unwrap()
    });
    assert_eq!(found, (true, false));
}

#[test]
fn boxed_error_is_shown_without_its_box() {
    let boxed: Box<dyn Error + Send + Sync> = Refused.into();
    let mut manager = suppress::<Refused>();
    manager.enter().unwrap();
    assert_eq!(manager.exit(Outcome::failed(&*boxed)), Suppress::Yes);
}

#[test]
fn each_exit_can_be_tested_with_a_failure() {
    let mut manager = suppress_kind(ErrorKind::NotFound);
    manager.enter().unwrap();
    let denied = io::Error::from(ErrorKind::PermissionDenied);
    assert_eq!(manager.exit(Outcome::failed(&denied)), Suppress::No);
}

struct Undone(Vec<String>);

impl AsyncContextManager for Undone {
    type Lends = Owned<()>;
    type Exit = ();

    async fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    async fn exit(&mut self, outcome: Outcome<'_>) {
        self.0.push(format!("{outcome:?}"));
    }
    fn cancel(&mut self, _: Outcome<'_>) {}
}

#[tokio::test]
async fn async_exit_can_be_tested_with_a_failure() {
    let mut manager = Undone(Vec::new());
    manager.enter().await.unwrap();
    manager.exit(Outcome::failed(&Refused)).await;
    assert_eq!(manager.0, ["Failed(Refused)"]);
}

/// Enters `A`, then `B`; if that fails, `A` is told the error.
struct Both<A, B>(A, B);

impl<A, B, E> ContextManager for Both<A, B>
where
    A: ContextManager<Exit = Result<(), E>>,
    B: ContextManager<Exit = Result<(), E>>,
    E: Error + Sync + 'static,
{
    type Lends = B::Lends;
    type Exit = Result<(), E>;

    fn enter(&mut self) -> Result<Lent<'_, B::Lends>, ErrorOf<Self>> {
        self.0.enter()?;
        match self.1.enter() {
            Ok(lent) => Ok(lent),
            Err(error) => {
                self.0.exit(Outcome::failed(&error))?;
                Err(error)
            }
        }
    }
    fn exit(&mut self, outcome: OutcomeOf<'_, Self>) -> Result<(), E> {
        match self.1.exit(outcome) {
            Ok(()) => self.0.exit(outcome),
            Err(error) => {
                self.0.exit(Outcome::failed(&error))?;
                Err(error)
            }
        }
    }
}

struct Insert<'c> {
    db: &'c Connection,
    sql: &'static str,
}

impl ContextManager for Insert<'_> {
    type Lends = Owned<()>;
    type Exit = rusqlite::Result<()>;

    fn enter(&mut self) -> rusqlite::Result<()> {
        self.db.execute_batch(self.sql)
    }
    fn exit(&mut self, _: Outcome<'_>) -> rusqlite::Result<()> {
        Ok(())
    }
}

#[test]
#[cfg_attr(miri, ignore = "SQLite is C")]
fn first_of_two_managers_is_told_that_the_second_cannot_be_entered() -> rusqlite::Result<()> {
    let db = Connection::open_in_memory()?;
    db.execute_batch("CREATE TABLE account (cents INTEGER NOT NULL)")?;
    let inserted = |sql| {
        let begun = || db.execute_batch("BEGIN").map(|()| &db);
        let tx = transaction(
            begun()?,
            |db: &Connection| db.execute_batch("COMMIT"),
            |db: &Connection| db.execute_batch("ROLLBACK"),
        );
        with! { Both(tx, Insert { db: &db, sql }) => {} }
    };
    inserted("INSERT INTO account VALUES (7)")?;
    assert!(db.is_autocommit());
    let second_fails = "INSERT INTO account VALUES (8); INSERT INTO account VALUES (NULL)";
    assert!(inserted(second_fails).is_err());
    let rows: i64 = db.query_row("SELECT count(*) FROM account", (), |row| row.get(0))?;
    assert_eq!(rows, 1);
    Ok(())
}
