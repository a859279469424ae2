//! What the futures are: `Send` when their parts are, with no `'static`.

use std::cell::Cell;

use cm_runtime::{AsyncManager, Mut, with};
use cm_tests::async_managers::{pause, run};
use cm_tests::managers::{Log, Refused};

fn assert_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn send_with_locals_that_are_not_sync() {
    let log = Log::new();
    let future = assert_send(async {
        let count = Cell::new(1);
        let failed: Result<(), Refused> = with! { async log.async_fallible("a")? as _value => {
            let inner = Cell::new(2);
            pause().await;
            count.set(count.get() + inner.get());
            pause().await;
            if count.get() == 4 {
                return Err(Refused("four"));
            }
            Ok(())
        } };
        failed?;
        Ok(count.get())
    });
    assert_eq!(run(future), Ok(3));
}

#[test]
fn generic_code_over_managers_that_borrow() {
    async fn longer<M: AsyncManager<Lends = Mut<String>, Exit = ()>>(manager: M) -> usize {
        with! { async manager as text => {
            text.push('x');
            text.len()
        } }
    }
    let log = Log::new();
    let mut manager = log.async_plain("a");
    let borrowed = &mut manager;
    assert_eq!(run(assert_send(longer(borrowed))), 2);
    assert_eq!(run(longer(Box::new(manager))), 3);
}
