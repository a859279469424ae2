//! The handlers of a `select!`.

use cm_runtime::contextlib::nullcontext;
use cm_runtime::with;
use cm_tests::managers::{Log, Refused};

/// The handlers of a `select!` run where the call stands: they leave the block, and loops in it and around it.
#[tokio::test]
async fn leaves_in_handlers() {
    #![deny(unreachable_code)]
    async fn run(log: Log, stop_at: u32, fails_at: u32) -> Result<u32, Refused> {
        let mut number = 0;
        let next = async |number: u32| {
            tokio::task::yield_now().await;
            if number == fails_at {
                Err(Refused("no"))
            } else {
                Ok(number)
            }
        };
        loop {
            with! { log.plain("m") => {
                let sum = loop {
                    number += 1;
                    tokio::select! {
                        biased;
                        () = std::future::ready(()), if number == stop_at => {
                            tokio::task::yield_now().await;
                            break number;
                        }
                        got = next(number) => {
                            let got = got?;
                            if got == 1 { continue }
                            if got == 3 { return Ok(33) }
                        }
                    }
                };
                tokio::select! {
                    () = std::future::ready(()), if sum > 3 => break,
                    else => continue,
                }
            } }
        }
        Ok(number)
    }
    let log = Log::new();
    for (stop_at, fails_at, value, told) in [
        (
            9,
            2,
            Err(Refused("no")),
            &["enter m", "exit m: Failed(no)"][..],
        ),
        (9, 9, Ok(33), &["enter m", "exit m: Return"]),
        (
            2,
            9,
            Ok(33),
            &["enter m", "exit m: Continue", "enter m", "exit m: Return"],
        ),
    ] {
        assert_eq!(run(log.clone(), stop_at, fails_at).await, value);
        assert_eq!(log.take(), told);
    }
}

/// A macro of that name with another grammar is handed what was written.
#[test]
fn other_selects() {
    macro_rules! select {
        ($($name:ident => $column:ident),*) => { [$(concat!(stringify!($name), stringify!($column))),*] };
    }
    with! { nullcontext(()) => {
        assert_eq!(select!(a => b, c => d), ["ab", "cd"]);
    } }
}
