//! Loses errors before the process-wide hook, for `tests/lost.rs`, which looks at the standard streams
//! from outside: libtest captures what its tests print, and a hook is that of the whole process.

use cm_runtime::{contextlib, lost, set_lost_error_hook, take_lost_error_hook, with};
use cm_tests::managers::{Log, Refused};

fn main() {
    let hooked = || set_lost_error_hook(|lost| println!("hooked: {lost}"));
    match std::env::args().nth(1).as_deref() {
        Some("default") => lose(),
        Some("hook") => {
            hooked();
            lose();
            let ((), captured) = lost::capture(lose);
            println!("captured: {}", captured[0].error);
            std::thread::spawn(lose).join().expect("it does not panic");
            assert!(take_lost_error_hook().is_some());
            lose();
        }
        Some("replaced") => {
            set_lost_error_hook(|_| println!("replaced"));
            hooked();
            lose();
        }
        Some("dropped") => {
            let loses = Loses;
            set_lost_error_hook(move |_| {
                let _ = &loses;
            });
            hooked();
        }
        Some("unshown") => {
            let manager = contextlib::closing((), |()| Err::<(), _>(Unshown));
            let block = with! { manager => { Err::<(), _>(Refused("body")) } };
            assert!(block.is_ok());
        }
        Some("chained") => {
            hooked();
            let before = take_lost_error_hook().expect("it was set");
            set_lost_error_hook(move |lost| {
                print!("and ");
                before(lost);
            });
            lose();
            let chained = take_lost_error_hook().expect("it was set");
            lose();
            set_lost_error_hook(chained);
            lose();
        }
        Some("panics") => {
            set_lost_error_hook(|_| panic!("in the hook"));
            lose();
            println!("goes on");
        }
        other => panic!("no case {other:?}"),
    }
}

fn lose() {
    let manager = Log::new().fallible("m").refusing_exit("full");
    let block = with! { manager => { Err::<(), _>(Refused("body")) } };
    assert_eq!(block, Ok(Err(Refused("body"))), "the body's error goes on");
}

/// Loses an error when it is dropped.
struct Loses;

impl Drop for Loses {
    fn drop(&mut self) {
        lose();
    }
}

struct Unshown;

impl std::fmt::Debug for Unshown {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("unshown")
    }
}
