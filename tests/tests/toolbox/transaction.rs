//! `transaction`, on a real database.

use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_runtime::contextlib::transaction;
use cm_runtime::{Manager as _, with};
use rusqlite::{Connection, Transaction};

/// A table in which a name must be an owner's at the end of a transaction.
fn database() -> Connection {
    let db = Connection::open_in_memory().expect("there is memory");
    db.execute_batch(
        "PRAGMA foreign_keys = ON;
         CREATE TABLE owner (name TEXT PRIMARY KEY);
         CREATE TABLE pet (
             owner TEXT NOT NULL REFERENCES owner (name) DEFERRABLE INITIALLY DEFERRED
         );",
    )
    .expect("the tables are new");
    db
}

fn pets(db: &Connection) -> Vec<String> {
    let mut pets = db.prepare("SELECT owner FROM pet").expect("a query");
    let owners = pets.query_map([], |row| row.get(0)).expect("rows");
    owners.map(|owner| owner.expect("a text")).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    End,
    Return,
    Break,
    Question,
    ReturnErr,
    Panic,
}

fn insert(db: &mut Connection, owners: &[&str], way: Way) -> rusqlite::Result<()> {
    #[allow(clippy::never_loop, reason = "it is left by `break`, or not")]
    loop {
        with! {
            transaction(db.transaction()?, Transaction::commit, Transaction::rollback)? as tx,
        => {
            tx.execute("INSERT OR IGNORE INTO owner VALUES ('ada')", [])?;
            for owner in owners {
                tx.execute("INSERT INTO pet VALUES (?1)", [owner])?;
            }
            match way {
                Way::End => {}
                Way::Return => return Ok(()),
                Way::Break => break,
                Way::Question => drop(tx.execute("no statement", [])?),
                Way::ReturnErr => return Err(rusqlite::Error::QueryReturnedNoRows),
                Way::Panic => panic!("in the body"),
            }
        } }
        break;
    }
    Ok(())
}

#[test]
fn committed_by_each_leave_that_succeeds() {
    for way in [Way::End, Way::Return, Way::Break] {
        let mut db = database();
        insert(&mut db, &["ada", "ada"], way).unwrap();
        assert_eq!(pets(&db), ["ada", "ada"]);
        assert!(db.is_autocommit());
    }
}

#[test]
fn rolled_back_by_each_leave_that_fails() {
    for way in [Way::Question, Way::ReturnErr, Way::Panic] {
        let mut db = database();
        let ended = catch_unwind(AssertUnwindSafe(|| insert(&mut db, &["ada"], way)));
        assert_eq!(ended.is_err(), way == Way::Panic);
        assert!(ended.is_err() || ended.is_ok_and(|ended| ended.is_err()));
        assert!(pets(&db).is_empty());
        assert!(db.is_autocommit());
    }
}

/// The body has succeeded; the error of committing takes its place.
#[test]
fn a_commit_that_fails() {
    for way in [Way::End, Way::Return, Way::Break] {
        let mut db = database();
        let ended = insert(&mut db, &["nobody"], way);
        let error = ended.unwrap_err().to_string();
        assert_eq!(error, "FOREIGN KEY constraint failed");
        assert!(pets(&db).is_empty());
        assert!(db.is_autocommit(), "it was rolled back when it was dropped");
    }
}

/// The body's error goes on, and the other one is told.
#[test]
fn a_rollback_that_fails() {
    let mut db = database();
    let mut told = None;
    let rollback = |tx: Transaction<'_>| {
        tx.execute_batch("ROLLBACK")?;
        tx.rollback()
    };
    let block = with! {
        transaction(db.transaction().unwrap(), Transaction::commit, rollback)
            .on_lost(|lost| told = Some(lost.to_string())) as tx
        => { tx.execute("no statement", []) }
    };
    let error = block.unwrap().unwrap_err().to_string();
    assert!(error.starts_with("near \"no\""), "{error}");
    let told = told.unwrap();
    assert!(told.contains("no transaction is active"), "{told}");
}

#[test]
#[should_panic = "cannot be entered a second time"]
fn begun_once() {
    let mut manager = transaction((), |()| (), |()| ());
    for _ in 0..2 {
        with! { &mut manager => {} }
    }
}

/// Rolling back may have nothing to say, where committing can fail: the value is dropped.
#[test]
fn rolled_back_by_a_drop() {
    let mut db = database();
    let run = |db: &mut Connection, owner: &str| -> rusqlite::Result<()> {
        with! { transaction(db.transaction()?, Transaction::commit, drop)? as tx => {
            tx.execute("INSERT INTO pet VALUES (?1)", [owner])?;
            tx.execute("INSERT INTO owner VALUES ('ada')", [])?;
            if owner != "ada" {
                tx.execute("no statement", [])?;
            }
        } }
        Ok(())
    };
    run(&mut db, "eve").unwrap_err();
    assert!(pets(&db).is_empty());
    run(&mut db, "ada").unwrap();
    assert_eq!(pets(&db), ["ada"]);
}
