//! Other forms of the same, and blocks among futures that run beside each other.

use cm_runtime::{AsyncManager, Mut, context_manager, with};
use cm_tests::managers::Refused;

use crate::managers::{Exit, Frame, Refuses};
use crate::trace::{Boxed, Told, Trace};

pub(super) async fn closures(t: Trace) {
    let plain = t.class().with(async |number| {
        t.pause().await;
        *number += 1;
        *number
    });
    assert_eq!(plain.await, Ok(2));
    let generated = t.generated().try_with(async |_number| {
        t.pause().await;
        Err::<(), _>(Refused("body"))
    });
    assert_eq!(generated.await, Ok(Err(Refused("body"))));
    let refused = t.refusing(Refuses::Enter).with(async |_number| ());
    assert_eq!(refused.await, Err(Refused("scripted")));
}

pub(super) async fn nested_closures(t: Trace) {
    let nested = t.class().with(async |a| {
        t.pause().await;
        let inner = t.generated().with(async |b| {
            t.pause().await;
            with! { t.sync() as c => { t.pause().await; *a + *b + *c } }.unwrap()
        });
        inner.await.unwrap()
    });
    assert_eq!(nested.await, Ok(3));
}

pub(super) async fn within(t: Trace) {
    #[cm_runtime::within(async t.class()? as a, t.sync()? as b, async t.generated()?)]
    async fn run(t: &Trace, ends: bool) -> Result<u32, Refused> {
        t.pause().await;
        if ends {
            return Ok(*a + *b);
        }
        t.pause().await;
        Err(Refused("body"))
    }
    assert_eq!(run(&t, true).await, Ok(2));
    assert_eq!(run(&t, false).await, Err(Refused("body")));
}

/// With managers of its own around the yield.
#[context_manager(yields = &mut u32)]
async fn wrapping(t: Trace, depth: u32) -> Exit {
    let inside = t.inside();
    let frame = Frame::entering(&t);
    with! { inside.sync()?, async inside.class()? as number, async inside.generated()? => {
        inside.pause().await;
        *number += depth;
        frame.entered();
        let outcome = yield_!(number);
        frame.exiting(Told::of(outcome));
        inside.pause().await;
    } }
    frame.exited();
    Ok(())
}

pub(super) async fn generators_in_generators(t: Trace) {
    with! { async wrapping(t.clone(), 1) as a => {
        with! { async wrapping(t.clone(), 2) as b, async t.class() => {
            t.pause().await;
            assert_eq!(*a + *b, 5);
        } }
        .unwrap()
        .unwrap();
        t.pause().await;
    } }
    .unwrap();
}

struct Counter {
    t: Trace,
    count: u32,
}

impl Counter {
    #[context_manager(yields = &mut u32)]
    async fn counted(&mut self) {
        let frame = Frame::entering(&self.t);
        frame.pause().await;
        frame.entered();
        let outcome = yield_!(&mut self.count);
        frame.exiting(Told::of(outcome));
        frame.pause().await;
        frame.exited();
        self.count += 10;
    }
}

pub(super) async fn methods(t: Trace) {
    let mut counter = Counter {
        t: t.clone(),
        count: 1,
    };
    for _ in 0..2 {
        with! { async counter.counted() as count => {
            t.pause().await;
            *count += 1;
        } }
    }
    assert_eq!(counter.count, 23);
}

/// A manager that is lent by another one.
#[context_manager(yields = &mut Counter)]
async fn lending(t: Trace) {
    let frame = Frame::entering(&t);
    frame.pause().await;
    let mut counter = Counter { t, count: 1 };
    frame.entered();
    let outcome = yield_!(&mut counter);
    frame.exiting(Told::of(outcome));
    frame.pause().await;
    frame.exited();
}

pub(super) async fn lent_and_entered(t: Trace) {
    with! { async lending(t.clone()) as counter, async counter.counted() as count => {
        t.pause().await;
        *count += 1;
    } }
}

/// A block of its own, for a branch.
async fn branch(t: Trace, pauses: u32) -> u32 {
    with! { async t.class() as number, t.sync() => {
        for _ in 0..pauses {
            t.pause().await;
            *number += 1;
        }
        *number
    } }
    .unwrap()
    .unwrap()
}

pub(super) async fn joined(t: Trace) {
    with! { async t.class(), t.sync() => {
        let (a, b) = tokio::join!(branch(t.fork(), 1), branch(t.fork(), 3));
        assert_eq!(a + b, 6);
        t.pause().await;
    } }
    .unwrap()
    .unwrap();
}

pub(super) async fn selected(t: Trace) {
    with! { async t.generated(), t.sync() => {
        let first = tokio::select! {
            biased;
            slow = branch(t.fork(), 5) => slow,
            quick = branch(t.fork(), 1) => quick,
        };
        // The slow one, if the other one is stopped.
        assert!(first == 2 || first == 6);
        t.did("selected");
    } }
    .unwrap()
    .unwrap();
}

pub(super) async fn selected_in_a_loop(t: Trace) {
    for round in 1_u32.. {
        let block = with! { async t.class() => {
            let ended = tokio::select! {
                biased;
                number = branch(t.fork(), round) => number == 4,
                () = t.pause() => false,
            };
            if ended {
                break;
            }
            t.pause().await;
        } };
        block.unwrap();
        if round == 3 {
            break;
        }
    }
}

pub(super) async fn raced_enters(t: Trace) {
    let (quick, slow) = (t.fork(), t.fork());
    tokio::select! {
        biased;
        block = async { with! { async quick.class() => {} } } => block.unwrap(),
        block = async {
            with! { async slow.generated(), async slow.class() => { slow.pause().await; } }.unwrap()
        } => block.unwrap(),
    }
    t.pause().await;
}

pub(super) async fn inner_futures(t: Trace) {
    with! { async t.class() as a, async t.generated() as b => {
        let inner = async {
            with! { t.sync() => {
                t.pause().await;
                *a += *b;
            } }
        };
        t.pause().await;
        inner.await.unwrap();
    } }
    .unwrap()
    .unwrap();
}

pub(super) async fn recursive(t: Trace) {
    fn run(t: Trace, depth: u32) -> Boxed {
        Box::pin(async move {
            let block = with! { async t.class(), t.sync() => {
                t.pause().await;
                if depth > 0 {
                    run(t.clone(), depth - 1).await;
                }
            } };
            block.unwrap().unwrap();
        })
    }
    run(t, 3).await;
}

pub(super) async fn generic(t: Trace) {
    async fn filled<M: AsyncManager<Lends = Mut<u32>, Exit = Exit>>(t: &Trace, manager: M) -> Exit {
        with! { async manager? as number => {
            t.pause().await;
            *number += 1;
        } }
        Ok(())
    }
    filled(&t, t.class()).await.unwrap();
    filled(&t, t.generated()).await.unwrap();
    filled(&t, &mut t.class()).await.unwrap();
}

pub(super) async fn in_an_async_closure(t: Trace) {
    let enters = async |times: u32| {
        for _ in 0..times {
            with! { async t.class()?, async t.generated()? => { t.pause().await; } }
        }
        Ok::<_, Refused>(())
    };
    enters(2).await.unwrap();
}
