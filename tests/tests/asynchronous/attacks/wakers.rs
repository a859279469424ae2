//! User futures in a frame, and wakers.

use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use cm_runtime::{AsyncManager, context_manager, with};
use cm_tests::async_managers::{pause, poll};

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

type Wakers = RefCell<Vec<Waker>>;

/// Is pending once, and keeps the waker that it was polled with.
struct Pause<'w>(bool, &'w Wakers);

impl Future for Pause<'_> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        self.1.borrow_mut().push(context.waker().clone());
        Poll::Pending
    }
}

#[context_manager(yields = &str)]
async fn pausing(wakers: &Wakers) {
    let own = String::from("own");
    Pause(false, wakers).await;
    yield_!(&own);
    Pause(false, wakers).await;
}

/// Before the yield and behind it, they are polled with the executor's.
#[test]
#[cfg_attr(miri, ignore = "there two wakers differ that are the same")]
fn are_those_of_the_executor() {
    let (count, wakers) = (Arc::new(Count::default()), Wakers::default());
    let waker = Waker::from(count.clone());
    let mut context = Context::from_waker(&waker);
    let mut block = pin!(async {
        with! { async pausing(&wakers) as own => {
            Pause(false, &wakers).await;
            own.len()
        } }
    });
    for polls in 1..=3 {
        assert!(block.as_mut().poll(&mut context).is_pending());
        let wakers = wakers.borrow();
        assert_eq!(wakers.len(), polls);
        assert!(wakers[polls - 1].will_wake(&waker));
        wakers[polls - 1].wake_by_ref();
        assert_eq!(count.0.load(Ordering::Relaxed), polls);
    }
    assert_eq!(block.as_mut().poll(&mut context), Poll::Ready(3));
}

/// Another waker for each poll, as executors may: the last one counts.
#[test]
fn can_differ_from_poll_to_poll() {
    let wakers = Wakers::default();
    let mut block = pin!(async {
        with! { async pausing(&wakers) as own => {
            pause().await;
            own.len()
        } }
    });
    let all: Vec<_> = (0..4).map(|_| Arc::new(Count::default())).collect();
    for count in &all {
        let waker = Waker::from(count.clone());
        let polled = block.as_mut().poll(&mut Context::from_waker(&waker));
        assert_eq!(polled.is_ready(), Arc::ptr_eq(count, &all[3]));
    }
    for waker in wakers.take() {
        waker.wake();
    }
    let woken = all.iter().map(|count| count.0.load(Ordering::Relaxed));
    assert_eq!(woken.collect::<Vec<_>>(), [1, 1, 1, 0]);
}

/// In a cancelled exit they get one that does nothing, and carries nothing.
#[test]
fn of_a_cancelled_exit() {
    let wakers = Wakers::default();
    {
        let mut manager = pin!(pausing(&wakers));
        let mut enter = Box::pin(manager.as_mut().drive_enter());
        assert!(poll(enter.as_mut()).is_pending());
        assert!(matches!(poll(enter.as_mut()), Poll::Ready(Ok("own"))));
        drop(enter);
        manager
            .as_mut()
            .drive_cancel(cm_runtime::Outcome::Cancelled);
    }
    let wakers = wakers.take();
    assert_eq!(wakers.len(), 2);
    for waker in wakers {
        waker.wake_by_ref();
        drop(waker.clone());
        waker.wake();
    }
}
