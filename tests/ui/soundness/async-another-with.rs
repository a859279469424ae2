//! Another macro of the name cannot put the yield into a future that it drops.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use cm_runtime::context_manager;

struct PolledOnce<F>(Option<Pin<Box<F>>>);

impl<F: Future> Future for PolledOnce<F> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(mut future) = self.0.take() {
            let _ = future.as_mut().poll(context);
        }
        Poll::Pending
    }
}

#[allow(unused_macros)]
macro_rules! with {
    ($manager:expr => $body:block) => {
        PolledOnce(Some(Box::pin(async $body))).await
    };
}

#[context_manager(yields = &str)]
async fn lends() {
    with! { () => {
        let own = String::from("dropped while it is lent");
        yield_!(&own);
    } }
}

fn main() {
    drop(lends());
}
