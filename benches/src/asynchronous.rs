//! Async blocks beside the same written by hand: a guard that is armed before enter is polled, that
//! cancels when it is dropped, and that tells a future that was dropped from one that panicked. For
//! that, whoever polls has to note whether it left the future suspended, here as in `with!`.

use std::cell::Cell;
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use cm_runtime::{AsyncContextManager, Leave, Mut, Outcome, context_manager, with};

/// Suspends once.
struct Pause(bool);

impl Future for Pause {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}

fn pause() -> Pause {
    Pause(false)
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// A connection with a buffer, which is greeted, and told how it went.
pub(crate) struct Connection<'c> {
    sent: &'c mut u64,
    buffer: [u8; 384],
}

impl<'c> Connection<'c> {
    fn new(sent: &'c mut u64) -> Self {
        Self {
            sent,
            buffer: [0; 384],
        }
    }
}

impl AsyncContextManager for Connection<'_> {
    type Lends = Mut<u64>;
    type Exit = ();

    #[inline]
    async fn enter(&mut self) -> Result<&mut u64, Infallible> {
        pause().await;
        self.buffer[0] += 1;
        Ok(self.sent)
    }

    #[inline]
    async fn exit(&mut self, outcome: Outcome<'_>) {
        pause().await;
        *self.sent += 2 * u64::from(outcome.is_success());
    }

    #[inline]
    fn cancel(&mut self, outcome: Outcome<'_>) {
        *self.sent += u64::from(matches!(outcome, Outcome::Cancelled));
    }
}

#[inline(never)]
fn work(sent: &mut u64, round: u64) -> u64 {
    *sent += black_box(round);
    *sent
}

/// The guard that one writes by hand.
struct ByHand<'m, 'c> {
    connection: &'m mut Connection<'c>,
    suspended: &'m Cell<bool>,
    armed: bool,
}

impl Drop for ByHand<'_, '_> {
    #[inline]
    fn drop(&mut self) {
        if self.armed && self.suspended.get() {
            self.connection.cancel(Outcome::Cancelled);
        }
    }
}

/// In place: a function would store the future twice.
macro_rules! noting {
    ($suspended:expr, $future:expr) => {{
        let mut future = pin!($future);
        poll_fn(|context| {
            $suspended.set(false);
            let poll = future.as_mut().poll(context);
            $suspended.set(poll.is_pending());
            poll
        })
        .await
    }};
}

macro_rules! by_hand {
    ($connection:expr, $suspended:expr, |$sent:ident| $body:expr) => {{
        let mut connection = $connection;
        let mut guard = ByHand {
            connection: &mut connection,
            suspended: $suspended,
            armed: true,
        };
        let Ok($sent) = noting!($suspended, guard.connection.enter());
        let value = $body;
        let outcome = Outcome::Succeeded(Leave::End);
        noting!($suspended, guard.connection.exit(outcome));
        guard.armed = false;
        value
    }};
}

async fn one_by_hand(sent: &mut u64, round: u64) -> u64 {
    let suspended = Cell::new(false);
    by_hand!(Connection::new(sent), &suspended, |sent| {
        noting!(suspended, pause());
        work(sent, round)
    })
}

async fn one_with(sent: &mut u64, round: u64) -> u64 {
    with! { async Connection::new(sent) as sent => {
        pause().await;
        work(sent, round)
    } }
}

async fn three_by_hand(sent: &mut [u64; 3], round: u64) -> u64 {
    let [a, b, c] = sent;
    let suspended = Cell::new(false);
    by_hand!(Connection::new(a), &suspended, |a| {
        by_hand!(Connection::new(b), &suspended, |b| {
            by_hand!(Connection::new(c), &suspended, |c| {
                noting!(suspended, pause());
                work(a, round) + work(b, round) + work(c, round)
            })
        })
    })
}

async fn three_with(sent: &mut [u64; 3], round: u64) -> u64 {
    let [a, b, c] = sent;
    with! {
        async Connection::new(a) as a,
        async Connection::new(b) as b,
        async Connection::new(c) as c,
    => {
        pause().await;
        work(a, round) + work(b, round) + work(c, round)
    } }
}

#[context_manager(yields = &mut u64)]
async fn generated(sent: &mut u64) {
    let mut buffer = [0_u8; 384];
    pause().await;
    buffer[0] += 1;
    let is_success = yield_!(sent).is_success();
    pause().await;
    *sent += 2 * u64::from(is_success) + u64::from(black_box(&buffer)[1]);
}

async fn one_generated(sent: &mut u64, round: u64) -> u64 {
    with! { async generated(sent) as sent => {
        pause().await;
        work(sent, round)
    } }
}

pub(crate) fn hand(round: u64) -> u64 {
    run(one_by_hand(&mut black_box(0), round))
}

pub(crate) fn with(round: u64) -> u64 {
    run(one_with(&mut black_box(0), round))
}

pub(crate) fn generator(round: u64) -> u64 {
    run(one_generated(&mut black_box(0), round))
}

pub(crate) fn hand_three(round: u64) -> u64 {
    run(three_by_hand(black_box(&mut [0; 3]), round))
}

pub(crate) fn with_three(round: u64) -> u64 {
    run(three_with(black_box(&mut [0; 3]), round))
}

/// A form, and the bytes of its future: by hand, and with `with!`.
pub(crate) fn sizes() -> [(&'static str, usize, usize); 3] {
    let by_hand = size_of_val(&one_by_hand(&mut 0, 0));
    let with = size_of_val(&one_with(&mut 0, 0));
    let three = (
        size_of_val(&three_by_hand(&mut [0; 3], 0)),
        size_of_val(&three_with(&mut [0; 3], 0)),
    );
    let generated = size_of_val(&one_generated(&mut 0, 0));
    [
        ("async: a block", by_hand, with),
        ("async: three nested", three.0, three.1),
        ("async: a generator", by_hand, generated),
    ]
}
