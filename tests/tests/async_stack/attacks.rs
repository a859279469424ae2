//! Attacks on what a stack holds and lends, that have to be harmless; those that must not compile are
//! in `ui/soundness/`.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;

use cm_runtime::{AsyncContextManager, AsyncExitStack, Lend, Outcome, context_manager};
use cm_tests::async_managers::{pause, poll, run};
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

/// What the body puts into a value lives shorter than the frame: nothing there may read it later.
#[test]
fn a_value_that_the_future_of_enter_has_as_well() {
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

#[context_manager(yields = &mut Vec<&'w str>)]
async fn words<'w>(first: &'w str, log: &Log) {
    let _local = log.noisy("local");
    let mut words = vec![first];
    pause().await;
    yield_!(&mut words);
    log.say(words.join(" "));
}

/// Leaked half-way it is neither in the stack nor gone: nobody uses it any more, also when what it borrows
/// is gone.
#[test]
fn an_enter_that_is_leaked_half_way() {
    /// Where it is, for the tools that look for leaks.
    static LEAKED: AtomicUsize = AtomicUsize::new(0);
    let log = Log::new();
    {
        let first = String::from("borrowed");
        let stack = AsyncExitStack::new();
        let entering = Box::leak(Box::new(stack.enter(words(&first, &log))));
        assert!(poll(Pin::new(&mut *entering)).is_pending());
        LEAKED.store(std::ptr::from_mut(entering).addr(), Ordering::Relaxed);
        assert!(stack.is_empty());
        stack.callback_sync(|| log.say("callback"));
        run(stack.close()).unwrap();
    }
    assert_eq!(log.take(), ["callback"]);
}

#[test]
fn an_enter_that_is_polled_behind_its_end() {
    let log = Log::new();
    let stack = AsyncExitStack::new();
    let mut entering = Box::pin(stack.enter(words("a", &log)));
    assert!(poll(entering.as_mut()).is_pending());
    let Poll::Ready(list) = poll(entering.as_mut()) else {
        unreachable!("it awaits once")
    };
    list.push("b");
    let again = catch_unwind(AssertUnwindSafe(|| poll(entering.as_mut()).is_ready()));
    assert!(again.is_err());
    drop(entering);
    list.push("c");
    run(stack.close()).unwrap();
    assert_eq!(log.take(), ["a b c", "drop local"]);
}

/// Values stay where they are while other threads enter, release and append.
#[test]
fn a_stack_that_is_used_by_several_threads() {
    let exits = AtomicUsize::new(0);
    let count = || _ = exits.fetch_add(1, Ordering::Relaxed);
    let stack = AsyncExitStack::new();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for number in 0..20 {
                    let mut entering = pin!(stack.enter(counted(&exits)));
                    assert!(poll(entering.as_mut()).is_pending());
                    let list = run(entering);
                    let key = stack.callback_sync(count);
                    list.push(number);
                    assert!(run(stack.release(key)).unwrap().is_ok());
                    let other = AsyncExitStack::new();
                    other.callback(async || count());
                    stack.append(other);
                    list.push(number);
                    assert_eq!(*list, [number, number]);
                }
            });
        }
    });
    assert_eq!((exits.load(Ordering::Relaxed), stack.len()), (80, 160));
    run(stack.close()).unwrap();
    assert_eq!(exits.load(Ordering::Relaxed), 240);
}

#[context_manager(yields = &mut Vec<u8>)]
async fn counted(exits: &AtomicUsize) {
    let mut list = vec![];
    pause().await;
    yield_!(&mut list);
    exits.fetch_add(1, Ordering::Relaxed);
}

/// A manager that keeps a reference into itself, whose value is used until the stack is closed or dropped. Under Miri
/// this shows that the stack claims nothing in it meanwhile.
#[test]
fn references_that_are_kept() {
    #[context_manager(yields = &mut [u8; 2])]
    async fn kept(out: &Mutex<[u8; 2]>) {
        let mut bytes = [1, 0];
        let kept = &mut bytes;
        pause().await;
        let outcome = yield_!(&mut *kept);
        kept[0] += u8::from(outcome.is_success());
        *out.lock().unwrap() = bytes;
    }
    for (end, expected) in [("close", [2, 7]), ("drop", [1, 7]), ("panic", [1, 7])] {
        let (first, second) = (Mutex::default(), Mutex::default());
        let block = AssertUnwindSafe(|| {
            run(async {
                let stack = AsyncExitStack::<()>::with_verdict();
                let one = stack.enter(kept(&first)).await;
                let other = stack.enter(kept(&second)).await;
                one[1] = 7;
                other[1] = 7;
                if end == "panic" {
                    stack.callback_sync(|| resume_unwind(Box::new(())));
                }
                if end != "drop" {
                    stack.close().await;
                }
            });
        });
        assert_eq!(catch_unwind(block).is_err(), end == "panic");
        let both = [first, second].map(|out| out.into_inner().unwrap());
        assert_eq!(both, [expected; 2], "{end}");
    }
}
