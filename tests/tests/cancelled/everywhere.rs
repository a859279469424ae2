//! Every program, cut after each of its polls and with a panic at each of its pauses.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cm_tests::async_managers::{cut_after, poll, run};

use crate::checker::check;
use crate::programs::{ALL, Program};
use crate::trace::{Event, Fuse, Injected, Run, Trace};

impl Program {
    /// What is written down when it is cut after so many polls, and with this fuse.
    fn events(&self, polls: usize, fuse: Fuse) -> Vec<Event> {
        let trace = Trace::new(fuse);
        let run = Run::new(self.run, &trace);
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| cut_after(polls, run))) {
            assert!(payload.is::<Injected>(), "{} panics", self.name);
        }
        let events = trace.events();
        if let Err(wrong) = check(&events) {
            panic!(
                "{}, {polls} polls, {fuse:?}: {wrong}\n{events:#?}",
                self.name
            );
        }
        events
    }

    /// How often it pauses when it runs to its end.
    pub(crate) fn pauses(&self) -> usize {
        let trace = Trace::new(Fuse::None);
        run(Run::new(self.run, &trace));
        trace.pauses()
    }

    /// Cuts it everywhere, and says how often that was.
    fn cut(&self, fuse: Fuse) -> usize {
        let whole = self.events(usize::MAX, fuse);
        for polls in 0.. {
            let events = self.events(polls, fuse);
            let Some(cut) = events.iter().position(|event| *event == Event::Cut) else {
                assert_eq!(events, whole, "{}", self.name);
                return polls;
            };
            assert_eq!(events[..cut], whole[..cut], "{}", self.name);
            let is_first = polls == 0;
            assert!(
                !is_first || events.len() == 1,
                "never polled, never entered"
            );
        }
        unreachable!("it ends")
    }
}

pub(crate) fn print(line: &str) {
    // Past the capture of the test harness, so that the number is seen.
    writeln!(std::io::stdout().lock(), "{line}").expect("stdout is open");
}

#[test]
fn dropped_after_each_poll() {
    let cuts: usize = ALL.iter().map(|program| program.cut(Fuse::None)).sum();
    print(&format!(
        "cancelled: {} programs, {cuts} cuts hold",
        ALL.len()
    ));
}

#[test]
fn a_panic_at_each_pause() {
    let (mut panics, mut cuts) = (0, 0);
    for program in ALL {
        let pauses = program.pauses();
        assert!(pauses > 0, "{} pauses", program.name);
        for poll in 0..2 * pauses {
            let fuse = Fuse::Panics(poll);
            let events = program.events(usize::MAX, fuse);
            let panicked = |event: &Event| matches!(event, Event::Panics { .. });
            if !events.iter().any(panicked) {
                // The branch that loses a `select!` is not polled a second time.
                assert!(poll % 2 == 1, "{} does not pause", program.name);
                continue;
            }
            panics += 1;
            // What follows a panic that is caught can be cut as well.
            if events.contains(&Event::Catches) {
                cuts += program.cut(fuse);
            }
        }
    }
    print(&format!(
        "cancelled: {} programs, {panics} panics and {cuts} cuts after panics hold",
        ALL.len()
    ));
}

/// What is not dropped does not end, and what is not polled does not begin.
#[test]
fn forgotten_after_each_poll() {
    for program in ALL {
        let whole = program.events(usize::MAX, Fuse::None);
        for polls in 0.. {
            let trace = Trace::new(Fuse::None);
            let mut run = Box::pin(Run::new(program.run, &trace));
            let ended = (0..polls).any(|_| poll(run.as_mut()).is_ready());
            let events = trace.events();
            std::mem::forget(run);
            assert_eq!(trace.events(), events, "{}", program.name);
            assert_eq!(events[..], whole[..events.len()], "{}", program.name);
            if ended {
                break;
            }
        }
    }
}
