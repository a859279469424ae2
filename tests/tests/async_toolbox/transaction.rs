//! `atransaction`, on a real database.

use std::future::pending;
use std::time::Duration;

use cm_runtime::contextlib::{atransaction, timeout};
use cm_runtime::with;
use rusqlite::{Connection, Transaction};
use tokio::task::yield_now;

use crate::on_tokio;

fn database() -> Connection {
    let db = Connection::open_in_memory().expect("there is memory");
    db.execute_batch("CREATE TABLE entry (cents INTEGER)")
        .expect("the table is new");
    db
}

fn sum(db: &Connection) -> i64 {
    let sum = "SELECT coalesce(sum(cents), 0) FROM entry";
    db.query_row(sum, [], |row| row.get(0)).expect("a row")
}

async fn commit(tx: Transaction<'_>) -> rusqlite::Result<()> {
    yield_now().await;
    tx.commit()
}

async fn rollback(tx: Transaction<'_>) -> rusqlite::Result<()> {
    yield_now().await;
    tx.rollback()
}

/// Two entries, and what becomes of them.
async fn insert(db: &mut Connection, second: &str, hangs: bool) -> rusqlite::Result<()> {
    with! { async atransaction(db.transaction()?, commit, rollback)? as tx => {
        tx.execute("INSERT INTO entry VALUES (7)", [])?;
        yield_now().await;
        tx.execute(second, [])?;
        if hangs {
            pending::<()>().await;
        }
    } }
    Ok(())
}

const SECOND: &str = "INSERT INTO entry VALUES (5)";

#[test]
fn committed_or_rolled_back() {
    let mut db = database();
    on_tokio(insert(&mut db, SECOND, false)).unwrap();
    assert_eq!(sum(&db), 12);
    let error = on_tokio(insert(&mut db, "no statement", false)).unwrap_err();
    assert!(error.to_string().starts_with("near \"no\""), "{error}");
    assert_eq!(sum(&db), 12);
    assert!(db.is_autocommit());
}

#[test]
fn dropped_when_it_cannot_be_awaited() {
    let mut db = database();
    let limit = Duration::from_millis(20);
    let ended = on_tokio(timeout(limit, insert(&mut db, SECOND, true)));
    assert!(ended.is_err(), "it hangs");
    assert_eq!(sum(&db), 0);
    assert!(
        db.is_autocommit(),
        "a transaction that is dropped rolls back"
    );
}
