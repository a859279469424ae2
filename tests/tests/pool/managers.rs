//! The pool, and a transaction on one of its connections, as a user would write them.

use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use cm_runtime::{AsyncContextManager, Outcome, Ref, context_manager};
use rusqlite::Result;
use tokio::sync::Semaphore;

use crate::database::Client;

pub(crate) struct Pool {
    /// As many as there are idle clients.
    permits: Semaphore,
    idle: Mutex<Vec<Client>>,
}

impl Pool {
    pub(crate) fn open(connections: usize) -> Self {
        Self {
            permits: Semaphore::new(connections),
            idle: Mutex::new((0..connections).map(|_| Client::open()).collect()),
        }
    }

    async fn take(&self) -> Client {
        let permit = self.permits.acquire().await.expect("it is never closed");
        permit.forget();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop().expect("as many as there are permits")
    }

    fn give_back(&self, client: Client) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(client);
        drop(idle);
        self.permits.add_permits(1);
    }

    /// The clients that are back.
    pub(crate) fn close(&self) -> Vec<Client> {
        let idle = &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(self.permits.available_permits(), idle.len());
        std::mem::take(idle)
    }
}

/// A transaction, with an impl.
pub(crate) struct Transaction<'p> {
    pool: &'p Pool,
    client: Option<Client>,
}

impl<'p> Transaction<'p> {
    pub(crate) fn new(pool: &'p Pool) -> Self {
        Self { pool, client: None }
    }

    fn give_back(&mut self) {
        if let Some(client) = self.client.take() {
            self.pool.give_back(client);
        }
    }
}

impl AsyncContextManager for Transaction<'_> {
    type Lends = Ref<Client>;
    type Exit = Result<()>;

    async fn enter(&mut self) -> Result<&Client> {
        let client = self.client.insert(self.pool.take().await);
        if let Err(error) = client.run("BEGIN").await {
            self.give_back();
            return Err(error);
        }
        Ok(self.client.as_ref().expect("it was taken"))
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> Result<()> {
        let end = if outcome.is_success() {
            "COMMIT"
        } else {
            "ROLLBACK"
        };
        let client = self.client.as_ref().expect("it was taken");
        let ended = client.run(end).await;
        // A COMMIT that fails leaves its transaction open.
        client.reset();
        self.give_back();
        ended
    }

    fn cancel(&mut self, _: Outcome<'_>) {
        if let Some(client) = &self.client {
            client.reset();
        }
        self.give_back();
    }
}

/// The same as a generator: what is cut drops its lease.
#[context_manager(yields = &Client)]
pub(crate) async fn transaction(pool: &Pool) -> Result<()> {
    let client = Lease {
        pool,
        client: Some(pool.take().await),
    };
    client.run("BEGIN").await?;
    let outcome = yield_!(&client);
    let end = if outcome.is_success() {
        "COMMIT"
    } else {
        "ROLLBACK"
    };
    client.run(end).await
}

struct Lease<'p> {
    pool: &'p Pool,
    client: Option<Client>,
}

impl Deref for Lease<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.client.as_ref().expect("it is there until the drop")
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            client.reset();
            self.pool.give_back(client);
        }
    }
}
