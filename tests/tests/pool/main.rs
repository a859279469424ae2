//! A pool of database connections under ten thousand tasks, half of which are cancelled somewhere: at
//! the end all connections are back and usable, and no transfer is there by half.
//!
//! The manager is written twice, as an impl and as a generator.

mod database;
mod managers;

use std::future::{Future, poll_fn};
use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use cm_runtime::{AsyncManager, Ref, with};
use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::task::yield_now;

use self::database::Client;
use self::managers::{Pool, Transaction, transaction};

const CONNECTIONS: usize = 8;
const TASKS: usize = 10_000;
const ROUNDS: usize = 3;

/// One cent goes from one account to the other, if nothing fails.
async fn transfer<M>(transaction: M, fails: bool) -> rusqlite::Result<()>
where
    M: AsyncManager<Lends = Ref<Client>, Exit = rusqlite::Result<()>>,
{
    with! { async transaction? as client => {
        client.run("UPDATE account SET cents = cents - 1 WHERE id = 1").await?;
        yield_now().await;
        client.run("UPDATE account SET cents = cents + 1 WHERE id = 2").await?;
        if fails {
            client.run("UPDATE nothing").await?;
        }
    } }
    Ok(())
}

/// Says when it was polled so many times, and then stays as it is until it is dropped.
async fn stopping<F: Future>(transfer: F, mut polls: usize, stopped: &Notify) -> F::Output {
    let mut transfer = pin!(transfer);
    let polled = poll_fn(|context| {
        if polls == 0 {
            stopped.notify_one();
            return std::task::Poll::Pending;
        }
        polls -= 1;
        transfer.as_mut().poll(context)
    });
    polled.await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Transferred,
    Failed,
    Cancelled,
}

/// Runs it to its end, or cuts it at the poll that the number says, in one of three ways.
async fn run(pool: Arc<Pool>, is_class: bool, number: usize) -> Ended {
    let transfers = {
        let pool = Arc::clone(&pool);
        async move {
            let fails = number % 10 == 5;
            if is_class {
                transfer(Transaction::new(&pool), fails).await
            } else {
                transfer(transaction(&pool), fails).await
            }
        }
    };
    let stopped = Arc::new(Notify::new());
    // Below the number of its awaits, mostly.
    let polls = number / 6 % 6;
    let ended = match number % 6 {
        0 => {
            let seen = Arc::clone(&stopped);
            let task = tokio::spawn(async move { stopping(transfers, polls, &seen).await });
            let abort = task.abort_handle();
            let aborts = async {
                stopped.notified().await;
                abort.abort();
            };
            let (ended, ()) = tokio::join!(
                async {
                    let ended = task.await;
                    // It may have ended before.
                    stopped.notify_one();
                    ended
                },
                aborts
            );
            ended.ok()
        }
        2 => {
            let wait = Duration::from_millis(2);
            let stopping = stopping(transfers, polls, &stopped);
            tokio::time::timeout(wait, stopping).await.ok()
        }
        4 => tokio::select! {
            ended = stopping(transfers, polls, &stopped) => Some(ended),
            () = stopped.notified() => None,
        },
        _ => Some(transfers.await),
    };
    match ended {
        Some(Ok(())) => Ended::Transferred,
        Some(Err(_)) => Ended::Failed,
        None => Ended::Cancelled,
    }
}

async fn round(is_class: bool) -> [usize; 3] {
    let pool = Arc::new(Pool::open(CONNECTIONS));
    let tasks: Vec<_> = (0..TASKS)
        .map(|number| tokio::spawn(run(Arc::clone(&pool), is_class, number)))
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.push(task.await.unwrap());
    }
    let count = |ended| all.iter().filter(|one| **one == ended).count();
    let [transferred, failed, cancelled] =
        [Ended::Transferred, Ended::Failed, Ended::Cancelled].map(count);

    let clients = pool.close();
    assert_eq!(clients.len(), CONNECTIONS, "all are back");
    let mut sum = 0;
    for client in &clients {
        assert!(client.is_idle().await, "no transaction is open");
        client.run("BEGIN").await.unwrap();
        let from = client.number("SELECT cents FROM account WHERE id = 1");
        let to = client.number("SELECT cents FROM account WHERE id = 2");
        let (from, to) = (from.await.unwrap(), to.await.unwrap());
        assert_eq!(from + to, 0, "no transfer is there by half");
        client.run("COMMIT").await.unwrap();
        sum += usize::try_from(to).unwrap();
    }
    // One that was cut during its commit may be there or not.
    assert!(transferred <= sum && sum <= transferred + cancelled);
    [transferred, failed, cancelled]
}

fn rounds(name: &str, is_class: bool) {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(4).enable_time().build().unwrap();
    for _ in 0..ROUNDS {
        let [transferred, failed, cancelled] = runtime.block_on(round(is_class));
        assert!(cancelled > TASKS * 2 / 5, "they are cut: {cancelled}");
        assert!(
            transferred > TASKS / 3,
            "they are not all cut: {transferred}"
        );
        // Past the capture of the test harness, so that the numbers are seen.
        writeln!(
            std::io::stdout().lock(),
            "pool, {name}: {transferred} transfers, {failed} failed, {cancelled} cancelled; \
             all {CONNECTIONS} connections are back"
        )
        .expect("stdout is open");
    }
}

#[test]
fn a_class() {
    rounds("class", true);
}

#[test]
fn a_generator() {
    rounds("generator", false);
}
