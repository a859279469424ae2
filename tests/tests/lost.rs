//! Errors of exit that cannot reach the caller: who is told of them.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::process::Command;

use cm_runtime::{AsyncExitStack, AsyncManager, Manager, context_manager, lost, with};
use cm_tests::async_managers::run;
use cm_tests::managers::{Log, Refused};

const LINE: &str = "lost in the exit of `cm_tests::managers::Fallible`, entered at \
                    tests/src/bin/loses.rs:61:25: full (the body had failed: body)\n";

/// What the program in `src/bin/loses.rs` prints, on both streams.
fn printed(case: &str) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_loses"))
        .arg(case)
        .output()
        .unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    (String::from_utf8(output.stdout).unwrap(), errors)
}

#[test]
fn the_default_is_a_line_on_standard_error() {
    assert_eq!(printed("default"), (String::new(), LINE.into()));
}

/// It is told of the errors of every thread, but for those that are captured; the default is back when
/// it has been taken.
#[test]
fn a_hook() {
    let out = format!("hooked: {LINE}captured: full\nhooked: {LINE}");
    assert_eq!(printed("hook"), (out, LINE.into()));
}

#[test]
fn a_hook_in_place_of_another() {
    assert_eq!(
        printed("replaced"),
        (format!("hooked: {LINE}"), String::new())
    );
}

#[test]
fn a_hook_that_panics() {
    let (out, errors) = printed("panics");
    assert_eq!(out, "goes on\n");
    assert!(errors.contains("in the hook"), "{errors}");
    assert!(
        errors.ends_with(&format!("the lost-error hook panicked, told of: {LINE}")),
        "{errors}"
    );
}

/// The one that was there is dropped when the new one is in force.
#[test]
fn a_hook_that_loses_when_it_is_dropped() {
    assert_eq!(
        printed("dropped"),
        (format!("hooked: {LINE}"), String::new())
    );
}

/// The error's `Display` panics: what can be told of it is.
#[test]
fn an_error_that_cannot_be_shown() {
    let (out, errors) = printed("unshown");
    assert_eq!(out, "");
    let line = errors.lines().last().unwrap();
    assert!(line.starts_with("lost in the exit of `"), "{errors}");
    assert!(
        line.contains("entered at tests/src/bin/loses.rs:"),
        "{errors}"
    );
    assert!(line.ends_with(": (it panics when it is shown)"), "{errors}");
}

/// What was taken can be called, and put back.
#[test]
fn a_hook_that_calls_the_one_before() {
    let out = format!("and hooked: {LINE}and hooked: {LINE}");
    assert_eq!(printed("chained"), (out, LINE.into()));
}

/// Nobody can be told, and that is no panic: the body's error goes on.
#[test]
#[cfg(target_os = "linux")]
fn standard_error_cannot_be_written_to() {
    for case in ["default", "panics"] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_loses"))
            .arg(case)
            .stdout(std::process::Stdio::null())
            .stderr(full)
            .status()
            .unwrap();
        assert!(status.success(), "{case}: {status}");
    }
}

fn lose(why: &'static str) {
    let manager = Log::new().fallible("m").refusing_exit(why);
    let block = with! { manager => { Err::<(), _>(Refused("body")) } };
    assert!(block.unwrap().is_err());
}

#[test]
fn captures_nest() {
    let ((inner, ()), outer) = lost::capture(|| {
        lose("before");
        let ((), inner) = lost::capture(|| lose("inside"));
        (inner, lose("behind"))
    });
    let errors = |lost: &[lost::CapturedError]| -> Vec<String> {
        lost.iter().map(|lost| lost.error.clone()).collect()
    };
    assert_eq!(errors(&inner), ["inside"]);
    assert_eq!(errors(&outer), ["before", "behind"]);
}

/// What is captured is not lost with a panic.
#[test]
fn a_capture_that_panics() {
    let (panicked, lost) = lost::capture(|| {
        let capture = || {
            lost::capture(|| {
                lose("inside");
                std::panic::resume_unwind(Box::new(()));
            })
        };
        std::panic::catch_unwind(capture).is_err()
    });
    assert!(panicked);
    assert_eq!((lost.len(), lost[0].error.as_str()), (1, "inside"));
}

/// An error that panics when it is shown is captured nevertheless.
#[test]
fn captured_and_not_shown() {
    #[derive(Clone, Copy)]
    struct Unshown;
    impl fmt::Debug for Unshown {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic_any("unshown")
        }
    }
    let ((), lost) = lost::capture(|| {
        let manager = cm_runtime::contextlib::closing((), |()| Err::<(), _>(Unshown));
        let block = with! { manager => { Err::<(), _>(Refused("body")) } };
        assert!(block.unwrap().is_err());
    });
    assert_eq!(lost.len(), 1);
    assert!(lost[0].line.starts_with("lost in the exit of"));
    assert_eq!(lost[0].error, "(it panics when it is shown)");
    assert!(!lost[0].panicked);
}

/// An error that loses another one when it is shown: both are captured.
#[test]
fn lost_while_one_is_shown() {
    struct Sour(Cell<bool>);
    impl fmt::Debug for Sour {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            if !self.0.replace(true) {
                lose("meanwhile");
            }
            f.write_str("Sour")
        }
    }
    let ((), lost) = lost::capture(|| {
        let manager = cm_runtime::contextlib::closing((), |()| Err::<(), _>(Sour(Cell::default())));
        let block = with! { manager => { Err::<(), _>(Refused("body")) } };
        assert!(block.unwrap().is_err());
    });
    let errors: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(errors, ["meanwhile", "Sour"]);
}

/// The payload of a second panic panics when it is dropped, and so does what that panics with.
#[test]
fn a_payload_that_panics() {
    struct Payload(u8);
    impl Drop for Payload {
        fn drop(&mut self) {
            if let Some(left) = self.0.checked_sub(1) {
                panic_any(Payload(left));
            }
        }
    }
    fn sour() -> impl Manager<Exit = ()> + Unpin {
        cm_runtime::contextlib::guard((), |(), _| panic_any(Payload(2)))
    }
    let unwinds: [fn(); 3] = [
        || with! { sour() => { panic!("body") } },
        || with! { sour().on_lost(|_| panic_any(Payload(2))) => { panic!("body") } },
        || {
            let stack = cm_runtime::ExitStack::<()>::with_verdict();
            stack.enter(sour());
            panic!("body");
        },
    ];
    for unwinds in unwinds {
        let (ended, _) = lost::capture(|| catch_unwind(unwinds));
        assert_eq!(ended.unwrap_err().downcast_ref(), Some(&"body"));
    }
}

/// The line of a panic says that it is one, with its message if it has one.
#[test]
fn lines_of_panics() {
    fn line(exit: fn()) -> String {
        let manager = cm_runtime::contextlib::guard((), move |(), _| exit());
        let block = || with! { manager => { panic_any("body") } };
        let (_, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(block)));
        let [lost] = &lost[..] else {
            panic!("{lost:?}")
        };
        lost.line.clone()
    }
    let said = line(|| panic!("full"));
    assert!(
        said.ends_with(": a panic: full (the body had panicked)"),
        "{said}"
    );
    let silent = line(|| panic_any(7));
    assert!(
        silent.ends_with(": a panic: (no message) (the body had panicked)"),
        "{silent}"
    );
}

#[context_manager(yields = (u8, fn() -> Vec<T>))]
fn sour<T: Default>(made: Vec<T>) -> Result<(), Refused> {
    yield_!((0, Vec::new as fn() -> Vec<T>));
    drop(made);
    Err(Refused("sour"))
}

#[context_manager]
async fn asour() -> Result<(), Refused> {
    yield_!();
    Err(Refused("asour"))
}

struct Pool;

impl Pool {
    #[context_manager(yields = &Self)]
    fn conn(&self) -> Result<(), Refused> {
        yield_!(self);
        Err(Refused("conn"))
    }
}

/// A generator is called as the function that makes it, however it is held.
#[test]
fn names_of_generators() {
    fn fail(manager: impl Manager<Exit = Result<(), Refused>>) {
        let block = with! { manager => { Err::<(), _>(Refused("body")) } };
        assert!(block.unwrap().is_err());
    }
    let ((), lost) = lost::capture(|| {
        fail(sour::<u8>(vec![]));
        fail(Box::pin(sour::<Vec<(u8, fn(u8) -> u8)>>(vec![])));
        fail(Pool.conn());
        run(async {
            let block = with! { async asour() => { Err::<(), _>(Refused("body")) } };
            assert!(block.unwrap().is_err());
        });
    });
    let names: Vec<_> = lost.iter().map(|lost| lost.manager).collect();
    let name = "lost::sour<alloc::vec::Vec<(u8, fn(u8) -> u8)>>";
    assert_eq!(
        names,
        ["lost::sour<u8>", name, "lost::Pool::conn", "lost::asour"]
    );
}

/// An entry of an async stack is called as the manager in it, also with a listener.
#[test]
fn names_with_a_listener() {
    let ((), lost) = lost::capture(|| {
        run(async {
            let stack: AsyncExitStack = AsyncExitStack::new();
            let listened = asour().on_lost(|_| ());
            stack.enter(listened.on_lost(|_| ())).await.unwrap();
        });
    });
    let names: Vec<_> = lost.iter().map(|lost| lost.manager).collect();
    assert_eq!(names, ["lost::asour"]);
}

/// What is no generator keeps the name of its type, also if there is one in it, and a generator whose code is erased.
#[test]
fn names_of_others() {
    let ((), lost) = lost::capture(|| {
        lose("named");
        let manager =
            cm_runtime::contextlib::closing(Pool.conn(), |_| Err::<(), _>(Refused("sour")));
        let block = with! { manager => { Err::<(), _>(Refused("body")) } };
        assert!(block.unwrap().is_err());
        run(async {
            let block = with! { async asour().boxed() => { Err::<(), _>(Refused("body")) } };
            assert!(block.unwrap().is_err());
        });
    });
    assert_eq!(lost[0].manager, "cm_tests::managers::Fallible");
    let closing = lost[1]
        .manager
        .strip_prefix("cm_runtime::contextlib::closing::");
    assert!(
        closing.is_some_and(|name| name.starts_with("Closing<")),
        "{lost:?}"
    );
    let erased = lost[2].manager;
    assert!(erased.contains("AsyncGenerator<"), "{erased}");
}
