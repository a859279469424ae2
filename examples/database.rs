//! Database connections: committed or rolled back, always closed, and shared by many.
//!
//! ```console
//! $ cargo run --example database
//! ```

use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread;

use cm_runtime::contextlib::temp_dir;
use cm_runtime::{ContextManager, Outcome, Ref, context_manager, with};
use rusqlite::Connection;

/// Row 7: connections, a fixed number of them.
struct Pool {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Pool {
    fn open(path: &Path, size: usize) -> rusqlite::Result<Self> {
        let idle: rusqlite::Result<_> = (0..size).map(|_| Connection::open(path)).collect();
        Ok(Self {
            idle: Mutex::new(idle?),
            returned: Condvar::new(),
        })
    }

    /// Waits for a connection, lends it, and takes it back.
    #[context_manager(yields = &Connection)]
    fn connection(&self) {
        let connection = self.take();
        yield_!(&connection);
        with! { &self.idle as mut idle => { idle.push(connection); } }
        self.returned.notify_one();
    }

    fn take(&self) -> Connection {
        with! { &self.idle as mut idle => {
            loop {
                if let Some(connection) = idle.pop() {
                    return connection;
                }
                idle = self.returned.wait(idle).expect("no user of the lock panics");
            }
        } }
    }
}

/// Row 7: a use of the pool that goes well, leaves early, or fails.
fn greeting(pool: &Pool, id: usize) -> rusqlite::Result<Option<String>> {
    with! { pool.connection() as db => {
        match id % 3 {
            0 => return Ok(None),
            1 => db.execute("DELETE FROM nowhere", [])?,
            _ => 0,
        };
        db.query_row("SELECT text FROM greeting", [], |row| row.get(0))
    } }
}

/// Row 7: a thousand uses in eight threads; all connections are back afterwards.
fn thousand_uses(path: &Path) -> rusqlite::Result<()> {
    let pool = Pool::open(path, 3)?;
    with! { pool.connection() as db => {
        db.execute_batch("CREATE TABLE greeting AS SELECT 'hello' AS text")?;
    } }
    let (served, early, failed) = <(AtomicUsize, AtomicUsize, AtomicUsize)>::default();
    thread::scope(|scope| {
        for worker in 0..8 {
            let (pool, served, early, failed) = (&pool, &served, &early, &failed);
            scope.spawn(move || {
                for id in worker * 125..(worker + 1) * 125 {
                    let count = match greeting(pool, id) {
                        Ok(Some(_)) => served,
                        Ok(None) => early,
                        Err(_) => failed,
                    };
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    println!("served {served:?}, early {early:?}, failed {failed:?}");
    println!(
        "idle again {}",
        with! { &pool.idle as idle => { idle.len() } }
    );
    Ok(())
}

/// Row 11: connect, commit or roll back, always close. In Python the two endings are an `else` and
/// an `except` around the yield, and the close a `finally`.
#[context_manager(yields = &Connection)]
fn database(path: &Path) -> rusqlite::Result<()> {
    let db = Connection::open(path)?;
    db.execute_batch("BEGIN")?;
    let end = match yield_!(&db) {
        Outcome::Succeeded(_) => "COMMIT",
        _ => "ROLLBACK",
    };
    println!("{end}");
    let ended = db.execute_batch(end);
    db.close().map_err(|(_, error)| error)?;
    println!("closed");
    ended
}

/// Row 11: the second name is refused if it is empty, and the first one goes with it.
fn insert_both(path: &Path, names: [&str; 2]) -> rusqlite::Result<()> {
    with! { database(path)? as db => {
        db.execute_batch("CREATE TABLE IF NOT EXISTS user (name TEXT CHECK (name <> ''))")?;
        for name in names {
            db.execute("INSERT INTO user VALUES (?1)", [name])?;
        }
    } }
    Ok(())
}

/// Row 38: a connection that is a manager itself. (Of a type of another crate this needs a type
/// around it; Python's `sqlite3.Connection` is one.)
struct Ledger(Connection);

impl ContextManager for &Ledger {
    type Lends = Ref<Connection>;
    type Exit = rusqlite::Result<()>;

    fn enter(&mut self) -> rusqlite::Result<&Connection> {
        self.0.execute_batch("BEGIN")?;
        Ok(&self.0)
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

/// Row 38: the connection stays open after the block, as in Python.
fn used_directly() -> rusqlite::Result<()> {
    let ledger = Ledger(Connection::open_in_memory()?);
    let Ledger(db) = &ledger;
    db.execute_batch("CREATE TABLE entry (id INTEGER PRIMARY KEY, cents INTEGER)")?;
    let book = |id: i64, cents: i64| -> rusqlite::Result<()> {
        with! { &ledger? as db => {
            db.execute("UPDATE entry SET cents = cents + 1", [])?;
            db.execute("INSERT INTO entry VALUES (?1, ?2)", (id, cents))?;
        } }
        Ok(())
    };
    for (id, cents) in [(1, 100), (1, 250), (2, 500)] {
        println!("booked {}", book(id, cents).is_ok());
    }
    let rows = "SELECT group_concat(id || ': ' || cents, ', ') FROM entry";
    let rows: String = db.query_row(rows, [], |row| row.get(0))?;
    println!("rows {rows}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    with! { temp_dir("gallery-")? as dir => {
        println!("7: a pool that never runs dry");
        thousand_uses(&dir.join("pool.db"))?;

        println!("11: commit, roll back, close");
        let path = dir.join("users.db");
        println!("inserted {}", insert_both(&path, ["ada", "grace"]).is_ok());
        println!("inserted {}", insert_both(&path, ["alan", ""]).is_ok());
        let names = "SELECT group_concat(name) FROM user";
        let names: String = Connection::open(&path)?.query_row(names, [], |row| row.get(0))?;
        println!("rows {names}");
    } }
    println!("38: a connection as a manager");
    used_directly()?;
    Ok(())
}
