//! Futures are not `Send` where a part of them is not.

use std::cell::Cell;
use std::error::Error;
use std::rc::Rc;
use std::sync::Mutex;

use cm_runtime::contextlib::{aclosing, chdir, guard, nullcontext, replace_local};
use cm_runtime::exit_stack::{BoxError, Key};
use cm_runtime::{
    AsyncContextManager, AsyncExitStack, ExitStack, Manager as _, Outcome, Owned, context_manager,
    with,
};
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

thread_local! {
    static LOCAL: Cell<u8> = const { Cell::new(1) };
}

/// Each beside one that differs in that part alone.
#[test]
fn managers_that_are_not_send() {
    async fn held<T>(value: T) {
        with! { nullcontext(value) => { pause().await; } }
    }
    async fn closed<T>(value: T) {
        with! { async aclosing(value, async |value| drop(value)) => { pause().await; } }
    }
    async fn boxed<T>(value: T) {
        with! { Box::pin(guard(value, |_, _| ())) => { pause().await; } }
    }
    async fn optional<T>(value: T) {
        with! { Some(guard((), move |(), _| drop(value))) => { pause().await; } }
    }
    async fn listened<T: Unpin>(value: T) {
        with! { guard((), |(), _| ()).on_lost(move |_| { let _ = &value; }) => { pause().await; } }
    }
    macro_rules! differ {
        ($($function:ident),*) => {$(
            assert!(is_send!($function(1)), stringify!($function));
            assert!(!is_send!($function(Rc::new(1))), stringify!($function));
        )*};
    }
    differ!(held, closed, boxed, optional, listened);
}

#[test]
fn what_belongs_to_its_thread() {
    async fn stack() -> Result<(), BoxError> {
        with! { ExitStack::new()? as stack => {
            let _: Key = stack.callback(|| ());
            pause().await;
        } }
        Ok(())
    }
    async fn async_stack() -> Result<(), BoxError> {
        with! { async AsyncExitStack::new()? as stack => {
            let _: Key = stack.callback_sync(|| ());
            pause().await;
        } }
        Ok(())
    }
    async fn directory() -> std::io::Result<()> {
        with! { chdir("/")? => { pause().await; } }
        Ok(())
    }
    async fn local() {
        with! { replace_local(&LOCAL, 2) => { pause().await; } }
    }
    /// What is entered and left between two awaits is no part of the future.
    async fn between() {
        pause().await;
        let before = with! { replace_local(&LOCAL, 2) => { LOCAL.get() } };
        pause().await;
        assert_eq!(before, 2);
    }
    assert!(!is_send!(stack()));
    assert!(is_send!(async_stack()));
    assert!(!is_send!(directory()));
    assert!(!is_send!(local()));
    assert!(is_send!(between()));
}
