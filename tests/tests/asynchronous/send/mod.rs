//! Futures are `Send` where their parts are, whatever they are made of; each is spawned, or asked for
//! it if it borrows.

mod errors;
mod managers;
mod not_send;
mod shapes;

use std::future::Future;

use cm_runtime::{AsyncContextManager, Mut, Outcome, context_manager, with};
use cm_tests::async_managers::pause;
use cm_tests::managers::Refused;

fn send<F: Future + Send>(future: F) -> F {
    future
}

/// Runs it on another thread.
fn spawned<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async { tokio::spawn(future).await.unwrap() })
}

/// Runs it here, though it could run elsewhere; it may borrow.
fn run<F: Future + Send>(future: F) -> F::Output {
    cm_tests::async_managers::run(future)
}

/// They are `Sync` too, where a plain block's future is, unless a generator is entered.
#[test]
fn shared() {
    async fn block(number: &mut u8) -> Result<u8, Refused> {
        with! { async Lending(number)? as number => {
            pause().await;
            if *number == 0 {
                return Err(Refused("zero"));
            }
            Ok(*number)
        } }
    }
    fn sync<F: Sync>(future: F) -> F {
        future
    }
    let mut number = 7;
    let future = sync(block(&mut number));
    assert_eq!(cm_tests::async_managers::run(future), Ok(7));
}

/// Borrows what it lends.
struct Lending<'a, T>(&'a mut T);

impl<T> AsyncContextManager for Lending<'_, T> {
    type Lends = Mut<T>;
    type Exit = Result<(), Refused>;

    async fn enter(&mut self) -> Result<&mut T, Refused> {
        pause().await;
        Ok(self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) -> Result<(), Refused> {
        pause().await;
        Ok(())
    }
}

#[context_manager(yields = &mut Vec<&'a str>)]
async fn words<'a>(text: &'a str) -> Result<(), Refused> {
    pause().await;
    let mut words = text.split(' ').collect();
    yield_!(&mut words);
    pause().await;
    Ok(())
}
