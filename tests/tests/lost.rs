//! Errors of exit that cannot reach the caller: who is told of them.

use std::cell::Cell;
use std::fmt;
use std::process::Command;

use cm_runtime::{lost, with};
use cm_tests::managers::{Log, Refused};

const LINE: &str = "lost in the exit of `cm_tests::managers::Fallible`, entered at \
                    tests/src/bin/loses.rs:36:25: full (the body had failed: body)\n";

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
        errors.ends_with("the lost-error hook panicked\n"),
        "{errors}"
    );
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
    let errors = |lost: &[lost::Captured]| -> Vec<String> {
        lost.iter().map(|lost| lost.error.clone()).collect()
    };
    assert_eq!(errors(&inner), ["inside"]);
    assert_eq!(errors(&outer), ["before", "behind"]);
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
