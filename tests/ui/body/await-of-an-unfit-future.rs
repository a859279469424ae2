use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};

use cm_runtime::with;

#[path = "../async_managers.rs"]
mod async_managers;

struct Parsed<T>(PhantomData<T>);

impl<T: FromStr> Future for Parsed<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Pending
    }
}

fn parsed<T>() -> Parsed<T> {
    Parsed(PhantomData)
}

async fn f() -> usize {
    with! { async async_managers::plain() as text => {
        let bytes: Option<Vec<u8>> = parsed().await;
        bytes.map_or(0, |bytes| bytes.len())
    } }
}

fn main() {}
