//! Blocks: their items, and where they stand.

#![allow(clippy::many_single_char_names, reason = "the managers of a program")]

use cm_runtime::{AsyncManager, with};
use cm_tests::managers::Refused;

use crate::managers::{Class, Exit, sync_generated};
use crate::trace::Trace;

pub(super) async fn one(t: Trace) {
    t.pause().await;
    let block: Exit = with! { async t.class() as number => {
        *number += 1;
        t.pause().await;
        t.did("body");
        t.pause().await;
    } };
    block.unwrap();
    t.pause().await;
}

pub(super) async fn one_sync(t: Trace) {
    with! { t.sync() as number => {
        t.pause().await;
        *number += 1;
        t.pause().await;
    } }
    .unwrap();
    t.did("end");
}

pub(super) async fn several_items(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        with! { t.sync()? as a, async t.class()? as b, t.sync()? as c, async t.class()? as d => {
            t.pause().await;
            *a += *b + *c + *d;
        } }
        t.pause().await;
        Ok(())
    }
    run(&t).await.unwrap();
}

pub(super) async fn nested_blocks(t: Trace) {
    async fn run(t: &Trace) -> Result<u32, Refused> {
        let sum = with! { async t.class()? as a => {
            t.pause().await;
            with! { t.sync()? as b, async t.generated()? as c => {
                t.pause().await;
                *a += 1;
                with! { async t.class()? as d => {
                    t.pause().await;
                    *a + *b + *c + *d
                } }
            } }
        } };
        t.pause().await;
        Ok(sum)
    }
    assert_eq!(run(&t).await, Ok(5));
}

pub(super) async fn in_a_row(t: Trace) {
    with! { async t.class() => { t.pause().await; } }.unwrap();
    with! { t.sync() => { t.pause().await; } }.unwrap();
    with! { async t.generated() => {} }.unwrap();
    with! { async t.suppressing() => { t.pause().await; } };
    t.pause().await;
}

pub(super) async fn generators(t: Trace) {
    with! { async t.generated() as a, async t.generated() as b => {
        t.pause().await;
        *a += *b;
        t.pause().await;
        *b += *a;
    } }
    .unwrap()
    .unwrap();
}

pub(super) async fn sync_generators(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        with! { sync_generated(t)? as a, async t.class()? as b, sync_generated(t)? as c => {
            t.pause().await;
            *a += *b + *c;
        } }
        Ok(())
    }
    run(&t).await.unwrap();
}

pub(super) async fn loops(t: Trace) {
    let mut round = 0;
    while round < 4 {
        round += 1;
        let block = with! { async t.class() as _number, t.sync() => {
            t.pause().await;
            if round == 1 {
                continue;
            }
            if round == 3 {
                break;
            }
            t.pause().await;
        } };
        block.unwrap().unwrap();
        t.did("a round");
    }
    assert_eq!(round, 3);
}

pub(super) async fn labelled_loops(t: Trace) {
    let mut round = 0;
    let found = 'outer: loop {
        round += 1;
        loop {
            let block = with! { async t.class() as a => {
                with! { async t.generated() as b, t.sync() => {
                    t.pause().await;
                    if round == 1 {
                        continue 'outer;
                    }
                    if *a + *b > 1 {
                        break 'outer *a + *b + round;
                    }
                } }
            } };
            block.unwrap().unwrap().unwrap();
        }
    };
    assert_eq!(found, 4);
}

pub(super) async fn condition_and_operand(t: Trace) {
    let suppressed = |block: Option<u32>| block.unwrap_or_default();
    if suppressed(with! { async t.suppressing() => { t.pause().await; 1 } }) == 1 {
        t.did("condition");
    }
    let sum = suppressed(with! { t.suppressing() => { t.pause().await; 2 } })
        + suppressed(with! { async t.suppressing() => { 3 } });
    assert_eq!(sum, 5);
}

pub(super) async fn awaits_in_headers(t: Trace) {
    async fn made(t: &Trace) -> Result<Class, Refused> {
        t.pause().await;
        Ok(t.class())
    }
    async fn run(t: &Trace) -> Exit {
        with! { async made(t).await? as a, t.sync()?, async made(t).await? as b => {
            t.pause().await;
            *a += *b;
        } }
        Ok(())
    }
    run(&t).await.unwrap();
}

pub(super) async fn errors_in_headers(t: Trace) {
    async fn none(t: &Trace) -> Result<Class, Refused> {
        t.pause().await;
        Err(Refused("none"))
    }
    async fn run(t: &Trace) -> Exit {
        with! { async t.class()? as a, t.sync()?, async none(t).await? as b => {
            *a += *b;
        } }
        Ok(())
    }
    assert_eq!(run(&t).await, Err(Refused("none")));
}

pub(super) async fn reused(t: Trace) {
    let mut class = t.class();
    for _ in 0..2 {
        with! { async &mut class as number => {
            t.pause().await;
            *number += 1;
        } }
        .unwrap();
    }
    let mut generator = Box::pin(t.generated());
    with! { async generator.as_mut() as number => { *number += 1; } }.unwrap();
}

pub(super) async fn optional(t: Trace) {
    for there in [false, true] {
        with! { async there.then(|| t.class()) as number, there.then(|| t.sync()) => {
            t.pause().await;
            if let Some(number) = number {
                *number += 1;
            }
        } }
        .unwrap()
        .unwrap();
    }
    with! { async Some(t.generated()) => { t.pause().await; } }.unwrap();
}

pub(super) async fn boxed(t: Trace) {
    with! { async Box::new(t.class()) => { t.pause().await; } }.unwrap();
    with! { async Box::pin(t.generated()) as number => {
        t.pause().await;
        *number += 1;
    } }
    .unwrap();
    let listened = t.class().on_lost(|lost| unreachable!("{lost}"));
    with! { async listened => { t.pause().await; } }.unwrap();
}

pub(super) async fn the_second_spelling(t: Trace) {
    let block = with!(
        a = async { t.class() },
        b = t.sync(),
        async { t.generated() },
        {
            t.pause().await;
            *a += *b;
        }
    );
    block.unwrap().unwrap().unwrap();
}

pub(super) async fn patterns(t: Trace) {
    with! { async t.class() as &mut number, async t.class() as _ => {
        t.pause().await;
        assert_eq!(number, 1);
    } }
    .unwrap()
    .unwrap();
}
