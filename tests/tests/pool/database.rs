//! `SQLite` for async code: each connection has a thread, which does what it is sent.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use rusqlite::{Connection, Result};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// A connection to a database in memory, with two accounts.
pub(crate) struct Client {
    jobs: Sender<Job>,
}

impl Client {
    pub(crate) fn open() -> Self {
        let (jobs, received) = channel::<Job>();
        thread::spawn(move || {
            let connection = Connection::open_in_memory().expect("a database in memory");
            let accounts = "CREATE TABLE account (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL);
                INSERT INTO account (cents) VALUES (0), (0);";
            connection.execute_batch(accounts).expect("an empty one");
            for job in received {
                job(&connection);
            }
        });
        Self { jobs }
    }

    fn send(&self, job: impl FnOnce(&Connection) + Send + 'static) {
        self.jobs.send(Box::new(job)).expect("the thread is there");
    }

    /// The job is done also when nobody waits for its answer any more.
    fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> T + Send + 'static,
    ) -> impl Future<Output = T> {
        let (answer, answered) = oneshot::channel();
        self.send(move |connection| drop(answer.send(job(connection))));
        async { answered.await.expect("each job is answered") }
    }

    pub(crate) async fn run(&self, sql: &'static str) -> Result<()> {
        self.ask(move |connection| connection.prepare_cached(sql)?.execute([]).map(drop))
            .await
    }

    pub(crate) async fn number(&self, sql: &'static str) -> Result<i64> {
        self.ask(move |connection| connection.query_row(sql, [], |row| row.get(0)))
            .await
    }

    /// Whether no transaction is open.
    pub(crate) async fn is_idle(&self) -> bool {
        self.ask(Connection::is_autocommit).await
    }

    /// Rolls back what may be open, when that cannot be awaited.
    pub(crate) fn reset(&self) {
        self.send(|connection| {
            if !connection.is_autocommit() {
                connection.execute_batch("ROLLBACK").expect("one is open");
            }
        });
    }
}
