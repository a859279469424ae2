//! Awaits that macros hide.

use std::num::ParseIntError;
use std::panic::catch_unwind;

use cm_runtime::contextlib::nullcontext;
use cm_runtime::with;
use cm_tests::async_managers::{cut_after, cuts, pause};
use cm_tests::managers::{Log, Refused};

use super::{CANCELLED, ENDED};

macro_rules! hidden_pause {
    () => {
        pause().await
    };
}

macro_rules! hidden_pause_and_return {
    ($error:expr) => {
        if true {
            pause().await;
            return Err($error);
        }
    };
}

/// `=> async` says that macros of the body may hide awaits.
#[test]
fn hidden_awaits() {
    async fn run(log: Log) {
        with! { log.plain("a"), log.plain("b") => async { hidden_pause!(); } }
    }
    async fn leaves(log: Log) -> Result<(), Refused> {
        with! { log.plain("m") => async { hidden_pause_and_return!(Refused("hidden")); } }
        Ok(())
    }
    assert_eq!(cuts(run), [&[][..], &CANCELLED, &ENDED]);
    let left = cuts(leaves);
    assert_eq!(left[1], ["enter m", "exit m: Cancelled"]);
    // Nothing tells a `return` that such a macro hides from the drop of the future.
    assert_eq!(left[2], ["enter m", "exit m: Cancelled"]);
}

macro_rules! after_a_pause {
    ($value:expr) => {{
        let value = $value;
        pause().await;
        value
    }};
}

/// One that shows a leave is run by itself: with `=> async` also if it awaits, and on any thread.
#[test]
fn hidden_awaits_beside_a_leave() {
    async fn seven(log: Log, text: &str) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => async { Ok(after_a_pause!(text.parse::<u8>()?)) } }
    }
    #[allow(clippy::unused_async, reason = "its await is in what is run by itself")]
    async fn unsaid(log: Log) -> Result<u8, ParseIntError> {
        with! { log.plain("m") => { Ok(after_a_pause!("7".parse::<u8>()?)) } }
    }
    fn is_send(_: impl Send) {}
    is_send(async {
        with! { nullcontext(()) => async { Some(after_a_pause!(Some(7)?)) } }
    });
    let end = ["enter m", "exit m: End"];
    let cancelled = ["enter m", "exit m: Cancelled"];
    assert_eq!(cuts(|log| seven(log, "7")), [&[][..], &cancelled, &end]);
    let failed = ["enter m", "exit m: Failed(invalid digit found in string)"];
    assert_eq!(cuts(|log| seven(log, "x")), [&[][..], &failed]);
    let panic = catch_unwind(|| cut_after(2, unsaid(Log::new()))).unwrap_err();
    let message: &&str = panic.downcast_ref().unwrap();
    assert!(message.contains("write `=> async` before the body"));
}

/// Without `=> async` what drops the future is not known.
#[test]
fn unsaid_hidden_awaits() {
    async fn run(log: Log) {
        with! { log.plain("m") => { hidden_pause!(); } }
    }
    let failed = ["enter m", "exit m: Failed"];
    assert_eq!(cuts(run), [&[][..], &failed, &["enter m", "exit m: End"]]);
}

macro_rules! shown {
    ($awaited:expr) => {
        $awaited
    };
}

macro_rules! hidden_return {
    () => {
        if true {
            return;
        }
    };
}

/// What leaves behind a macro that has awaited does not drop the future.
#[test]
fn hidden_leave_behind_an_await() {
    async fn statement(log: Log) {
        with! { log.plain("m") => {
            shown!(pause().await);
            hidden_return!();
        } }
    }
    async fn expression(log: Log) {
        with! { log.plain("m") => {
            let () = shown!(pause().await);
            hidden_return!();
        } }
    }
    let cancelled = ["enter m", "exit m: Cancelled"];
    let failed = ["enter m", "exit m: Failed"];
    assert_eq!(cuts(statement), [&[][..], &cancelled, &failed]);
    assert_eq!(cuts(expression), [&[][..], &cancelled, &failed]);
}
