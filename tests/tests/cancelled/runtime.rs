//! The programs under tokio with several threads: cut by `select!`, `timeout`, `abort` and the end of
//! the runtime. What is asserted holds whatever the threads do.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, yield_now};

use crate::checker::check;
use crate::everywhere::print;
use crate::programs::{ALL, Program};
use crate::trace::{Event, Fuse, Run, Trace};

const TASKS: usize = 1_000;

fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(4).enable_time().build().unwrap()
}

/// Xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// A program, and a trace that stops it at one of its pauses.
fn stopped_somewhere(random: &mut Random) -> (&'static Program, Trace) {
    let program = &ALL[random.below(ALL.len())];
    let pauses = program.pauses();
    (program, Trace::new(Fuse::Stops(random.below(pauses))))
}

impl Program {
    pub(crate) fn checked(&self, trace: &Trace) -> Vec<Event> {
        let events = trace.events();
        if let Err(wrong) = check(&events) {
            panic!("{}: {wrong}\n{events:#?}", self.name);
        }
        events
    }
}

/// Runs a task for each program that is cut, and counts those that were cut indeed.
fn cut_by<F>(how: &str, seed: u64, cut: fn(Run, Trace, usize) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut random = Random(seed);
    let cuts: usize = runtime().block_on(async {
        let tasks: Vec<JoinHandle<bool>> = (0..TASKS)
            .map(|_| {
                let (program, trace) = stopped_somewhere(&mut random);
                let turns = random.below(40);
                tokio::spawn(async move {
                    let run = Run::new(program.run, &trace);
                    cut(run, trace.clone(), turns).await;
                    program.checked(&trace).contains(&Event::Cut)
                })
            })
            .collect();
        let mut cuts = 0;
        for task in tasks {
            cuts += usize::from(task.await.unwrap());
        }
        cuts
    });
    assert!(cuts > TASKS / 2, "programs that stop are cut: {cuts}");
    print(&format!("cancelled: {cuts} of {TASKS} cut by {how} hold"));
}

#[test]
fn by_select() {
    cut_by("select!", 0x5eed, |run, trace, _| async move {
        tokio::select! {
            () = run => {}
            () = trace.stopped() => {}
        }
    });
}

#[test]
fn by_timeout() {
    cut_by("timeout", 0x5eee, |run, _, turns| async move {
        let wait = Duration::from_micros(50 * turns as u64);
        // Some programs end although a branch of theirs has stopped.
        let _finished = tokio::time::timeout(wait, run).await;
    });
}

#[test]
fn by_abort() {
    cut_by("abort", 0x5eef, |run, trace, _| async move {
        let mut task = tokio::spawn(run);
        tokio::select! {
            ended = &mut task => return ended.unwrap(),
            () = trace.stopped() => {}
        }
        task.abort();
        let ended = task.await;
        assert!(ended.is_ok() || ended.unwrap_err().is_cancelled());
    });
}

#[test]
fn by_abort_at_any_time() {
    let mut random = Random(0x5ef0);
    let cuts: usize = runtime().block_on(async {
        let mut cuts = 0;
        for _ in 0..TASKS {
            let program = &ALL[random.below(ALL.len())];
            let trace = Trace::new(Fuse::None);
            let task = tokio::spawn(Run::new(program.run, &trace));
            for _ in 0..random.below(200) {
                yield_now().await;
            }
            task.abort();
            let ended = task.await;
            assert!(ended.is_ok() || ended.unwrap_err().is_cancelled());
            cuts += usize::from(program.checked(&trace).contains(&Event::Cut));
        }
        cuts
    });
    print(&format!(
        "cancelled: {cuts} of {TASKS} cut by abort at any time hold"
    ));
}

#[test]
fn by_the_end_of_the_runtime() {
    let mut random = Random(0x5ef1);
    for waits in [true, false] {
        let runtime = runtime();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let (program, trace) = stopped_somewhere(&mut random);
                let task = runtime.spawn(Run::new(program.run, &trace));
                (program, trace, task)
            })
            .collect();
        let mut all = Vec::new();
        for (program, trace, mut task) in tasks {
            if waits {
                runtime.block_on(async {
                    tokio::select! {
                        ended = &mut task => ended.unwrap(),
                        () = trace.stopped() => {}
                    }
                });
            }
            all.push((program, trace));
        }
        drop(runtime);
        let ended = all
            .iter()
            .map(|(program, trace)| program.checked(trace).contains(&Event::Cut));
        let cuts = ended.filter(|is_cut| *is_cut).count();
        assert!(!waits || cuts > TASKS / 2, "they have stopped: {cuts}");
        print(&format!(
            "cancelled: {cuts} of {TASKS} cut by the end of the runtime hold"
        ));
    }
}
