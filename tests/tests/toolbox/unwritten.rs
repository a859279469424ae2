//! Closures that are not written yet: what diverges is a verdict as well.

use std::panic::{self, AssertUnwindSafe};

use cm_runtime::contextlib::{closing, finishing, guard, transaction};
use cm_runtime::with;
use cm_runtime::{AsyncExitStack, ExitStack, Suppress};
use cm_tests::async_managers::run;

/// What the panic says.
fn panics(block: impl FnOnce()) -> String {
    let payload = panic::catch_unwind(AssertUnwindSafe(block)).expect_err("it is not written yet");
    let message = payload.downcast_ref::<&str>().map(ToString::to_string);
    message.unwrap_or_else(|| *payload.downcast::<String>().expect("a text"))
}

#[test]
fn managers() {
    let blocks: [fn(); 4] = [
        || with! { guard(7, |_, _| todo!()) as n => { assert_eq!(*n, 7); } },
        || with! { closing(7, |_| todo!()) as n => { assert_eq!(*n, 7); } },
        || with! { finishing(vec![7], |writer| writer, |_| todo!()) => {} },
        || with! { transaction(7, |_| todo!(), |_| todo!()) as n => { assert_eq!(*n, 7); } },
    ];
    for block in blocks {
        assert_eq!(panics(block), "not yet implemented");
    }
}

#[test]
fn entries_of_stacks() {
    let blocks: [fn(); 5] = [
        || {
            let stack = ExitStack::new();
            stack.callback(|| todo!());
            stack.close().expect("it does not come to that");
        },
        || {
            let stack = ExitStack::<()>::with_verdict();
            stack.adopt(7, |_| todo!());
            stack.close();
        },
        || {
            let stack = ExitStack::<Suppress>::with_verdict();
            stack.push(|_, _| todo!());
            let _ = stack.close();
        },
        || {
            run(async {
                let stack = AsyncExitStack::new();
                stack.callback(async || todo!());
                stack.close().await.expect("it does not come to that");
            });
        },
        || {
            run(async {
                let stack = AsyncExitStack::new();
                stack.callback_sync(|| todo!());
                stack.close().await.expect("it does not come to that");
            });
        },
    ];
    for block in blocks {
        assert_eq!(panics(block), "not yet implemented");
    }
}
