//! Ways of leaving, and what fails on the way.

use cm_runtime::with;
use cm_tests::managers::Refused;

use crate::managers::{Exit, Refuses, generated};
use crate::trace::{Event, Trace};

pub(super) async fn returned(t: Trace) {
    async fn run(t: &Trace) -> Result<u32, Refused> {
        with! { async t.class()? as a, t.sync()? as b => {
            t.pause().await;
            if *a == *b {
                return Ok(7);
            }
        } }
        t.did("not here");
        Ok(0)
    }
    assert_eq!(run(&t).await, Ok(7));
}

fn refused() -> Exit {
    Err(Refused("body"))
}

pub(super) async fn question(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        with! { t.sync()?, async t.class()?, async t.generated()? => {
            t.pause().await;
            refused()?;
        } }
        Ok(())
    }
    assert_eq!(run(&t).await, refused());
}

pub(super) async fn tried(t: Trace) {
    let block = with! { async t.class(), t.sync() => try {
        t.pause().await;
        refused()?;
        t.did("not here");
    } };
    assert_eq!(block, Ok(Ok(refused())));
    t.pause().await;
}

pub(super) async fn nested_tries(t: Trace) {
    let block = with! { async t.class() => try {
        with! { async t.generated()? => try {
            t.pause().await;
            refused()?;
        } }?;
        t.did("not here");
    } };
    assert_eq!(block, Ok(refused()));
}

pub(super) async fn caught(t: Trace) {
    let block = with! { t.sync(), async t.class() => catch {
        t.pause().await;
        t.did("body");
        t.pause().await;
    } };
    block.unwrap().unwrap();
}

pub(super) async fn suppressed_panics(t: Trace) {
    t.note(Event::Catches);
    with! { async t.class(), async t.suppressing() => catch {
        t.pause().await;
        with! { async t.class(), t.sync() => { t.pause().await; } }.unwrap().unwrap();
        t.pause().await;
    } }
    .unwrap();
    t.did("after");
}

pub(super) async fn caught_twice(t: Trace) {
    t.note(Event::Catches);
    with! { t.suppressing() => catch {
        with! { async t.class(), async t.generated() => catch {
            t.pause().await;
        } }
        .unwrap()
        .unwrap();
    } };
    t.pause().await;
}

pub(super) async fn suppressed(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        with! { async t.class()?, async t.suppressing(), t.sync()? => {
            t.pause().await;
            refused()?;
        } };
        t.pause().await;
        with! { t.suppressing(), async t.class()? => { refused()?; } };
        t.did("after");
        Ok(())
    }
    run(&t).await.unwrap();
}

pub(super) async fn failing_enters(t: Trace) {
    let block = with! { async t.class(), async t.refusing(Refuses::Enter) => {
        t.did("not here");
    } };
    assert_eq!(block, Ok(Err(Refused("scripted"))));
    let block = with! { async t.class(), t.sync(), t.sync_refusing(Refuses::Enter) => {} };
    assert_eq!(block, Ok(Ok(Err(Refused("scripted")))));
}

pub(super) async fn failing_generators(t: Trace) {
    async fn run(t: &Trace, refuses: Refuses) -> Exit {
        with! { t.sync()?, async generated(t, refuses)?, async t.class()? => {
            t.pause().await;
        } }
        t.did("after");
        Ok(())
    }
    run(&t, Refuses::Nothing).await.unwrap();
    for refuses in [Refuses::Enter, Refuses::Exit] {
        assert_eq!(run(&t, refuses).await, Err(Refused("scripted")));
    }
}

pub(super) async fn failing_exits(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        for round in 0..3 {
            with! { async t.class()?, async t.refusing(Refuses::Exit)?, t.sync()? => {
                t.pause().await;
                if round == 0 {
                    continue;
                }
            } }
        }
        Ok(())
    }
    assert_eq!(run(&t).await, Err(Refused("scripted")));
}

pub(super) async fn failing_twice(t: Trace) {
    async fn run(t: &Trace) -> Exit {
        with! { async t.refusing(Refuses::Exit)?, t.sync_refusing(Refuses::Exit)? => {
            t.pause().await;
            refused()
        } }
    }
    assert_eq!(run(&t).await, refused());
}

macro_rules! run {
    ($($code:tt)*) => { $($code)* };
}

pub(super) async fn shown_leaves(t: Trace) {
    async fn run(t: &Trace, how: u8) -> Exit {
        with! { t.sync()?, async t.class()? => {
            run! { t.pause().await; }
            run! { if how == 0 { return refused(); } }
            run! { if how == 1 { refused()?; } }
            t.pause().await;
        } }
        Ok(())
    }
    assert_eq!(run(&t, 0).await, refused());
    assert_eq!(run(&t, 1).await, refused());
    assert_eq!(run(&t, 2).await, Ok(()));
}

macro_rules! hidden_pause {
    ($t:ident) => {
        $t.pause().await
    };
}

pub(super) async fn hidden_awaits(t: Trace) {
    with! { async t.class(), t.sync() => async {
        hidden_pause!(t);
        t.did("between");
        hidden_pause!(t);
    } }
    .unwrap()
    .unwrap();
}

pub(super) async fn jumps_over_several(t: Trace) {
    let value = 'block: {
        let block = with! { async t.class(), async t.generated() => {
            with! { t.sync() => {
                t.pause().await;
                with! { async t.class() as number => {
                    if *number == 1 {
                        break 'block 5;
                    }
                } }
            } }
        } };
        block.unwrap().unwrap().unwrap().unwrap();
        6
    };
    assert_eq!(value, 5);
    t.pause().await;
}
