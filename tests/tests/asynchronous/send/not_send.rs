//! Futures are not `Send` where a part of them is not.

use std::error::Error;
use std::rc::Rc;
use std::sync::Mutex;

use cm_runtime::{AsyncContextManager, Outcome, Owned, context_manager, with};
use cm_tests::async_managers::pause;
use cm_tests::managers::Log;

/// An owned value that is lent without a reference.
struct Number(u32);

impl AsyncContextManager for Number {
    type Lends = Owned<u32>;
    type Exit = ();

    async fn enter(&mut self) -> Result<u32, std::convert::Infallible> {
        pause().await;
        Ok(self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) {}
}

/// Held against each other without specialization: only one of the two is found for a future that is
/// not `Send`.
macro_rules! is_send {
    ($future:expr) => {{
        struct Probe<T>(std::marker::PhantomData<T>);
        #[allow(dead_code, reason = "one of the two is not called")]
        trait NotSend {
            fn is_send(&self) -> bool {
                false
            }
        }
        impl<T> NotSend for &Probe<T> {}
        #[allow(dead_code, reason = "one of the two is not called")]
        impl<T: Send> Probe<T> {
            fn is_send(&self) -> bool {
                true
            }
        }
        fn probe<T>(_: &T) -> Probe<T> {
            Probe(std::marker::PhantomData)
        }
        (&probe(&$future)).is_send()
    }};
}

#[test]
fn not_send_where_a_part_is_not() {
    async fn plain() {
        with! { async Number(1) as number => { pause().await; assert_eq!(number, 1); } }
    }
    async fn body() {
        with! { async Number(1) as number => {
            let shared = Rc::new(number);
            pause().await;
            assert_eq!(*shared, 1);
        } }
    }
    async fn lent(log: Rc<Log>) {
        with! { async log.async_plain("a") => { pause().await; } }
    }
    #[context_manager]
    async fn generated() {
        let shared = Rc::new(1);
        let _outcome = yield_!();
        assert_eq!(*shared, 1);
    }
    async fn frame() {
        with! { async generated() => { pause().await; } }
    }
    #[allow(clippy::await_holding_lock, reason = "that is what is tested")]
    async fn guard(total: &Mutex<u32>) {
        with! { async Number(1) as number => {
            let mut total = total.lock().unwrap();
            pause().await;
            *total += number;
        } }
    }
    async fn error() -> Result<(), Box<dyn Error>> {
        with! { async Number(1) => { Err("kept while exit is awaited")? } }
    }
    assert!(is_send!(plain()));
    assert!(!is_send!(body()));
    assert!(!is_send!(lent(Rc::new(Log::new()))));
    assert!(!is_send!(frame()));
    assert!(!is_send!(guard(&Mutex::new(1))));
    assert!(!is_send!(error()));
}
