//! What a stack's manager lends may be of a family that is not covariant: nobody proves that it is.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use cm_runtime::{AsyncContextManager, AsyncExitStack, Lend, Outcome};
use cm_tests::async_managers::run;
use cm_tests::managers::{Log, told};

/// A list of references that live as long as it is lent.
type List<'a> = Arc<Mutex<Vec<&'a String>>>;

/// Lends a list that its future of enter has as well.
struct Lists<'l>(&'l Log);

/// Reads the list when it is dropped.
struct Enters<'m>(&'m Log, Ready<List<'m>>, List<'m>);

impl<'m> Future for Enters<'m> {
    type Output = Result<List<'m>, Infallible>;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.1).poll(context).map(Ok)
    }
}

impl Drop for Enters<'_> {
    fn drop(&mut self) {
        self.0.say(format!("read {:?}", self.2.lock().unwrap()));
    }
}

impl AsyncContextManager for Lists<'_> {
    type Lends = dyn for<'a> Lend<'a, Value = List<'a>>;
    type Exit = ();

    fn enter(&mut self) -> impl Future<Output = Result<List<'_>, Infallible>> {
        let list = List::default();
        Enters(self.0, ready(Arc::clone(&list)), list)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) {
        self.0.say(told(outcome));
    }
}

/// What the body puts in lives shorter than the frame: nothing there may read it later.
#[test]
fn is_shared_by_nothing_in_the_frame() {
    let log = Log::new();
    run(async {
        let stack = AsyncExitStack::new();
        let list = stack.enter(Lists(&log)).await;
        let short = String::from("a string on the heap");
        list.lock().unwrap().push(&short);
        log.say(format!("body {:?}", list.lock().unwrap()));
        drop(short);
        stack.close().await.unwrap();
    });
    let events = ["read []", "body [\"a string on the heap\"]", "Close"];
    assert_eq!(log.take(), events);
}
