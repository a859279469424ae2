//! How long it took, and what the log says of it.
//!
//! ```console
//! $ cargo run --example timing
//! ```

use std::io::Write;
use std::num::ParseIntError;
use std::time::Instant;

use cm_runtime::contextlib::{log_time, timer};
use cm_runtime::{Outcome, context_manager, with, within};
use env_logger::Target;
use log::{Level, LevelFilter, error, log};

/// Row 14: the elapsed time is printed, also when the block fails.
fn parse_all(texts: &[&str]) -> Result<Vec<u32>, ParseIntError> {
    with! { timer(|elapsed, _| println!("took {elapsed:.1?}")) => {
        texts.iter().map(|text| text.parse()).collect()
    } }
}

/// Row 21: a benchmark of one's own.
#[context_manager]
fn benchmark(name: &str) {
    let start = Instant::now();
    yield_!();
    println!("{name}: {:.1?}", start.elapsed());
}

/// Row 21: Python's `@benchmark("..")`; each call is timed, and the function stays what it is.
#[within(benchmark("as a decorator"))]
fn sum_of_squares(to: u64) -> u64 {
    (1..=to).map(|n| n * n).sum()
}

/// Row 27: named operations; the toolbox logs how long each took.
fn report() -> usize {
    let lines = with! { log_time("generate") => {
        (0..10_000).map(|n| format!("line {n}")).collect::<Vec<_>>()
    } };
    with! { log_time("join") => { lines.join("\n").len() } }
}

/// Row 36: logs an activity at a level: that it starts, that it is completed, or has failed.
#[context_manager]
fn activity(level: Level, name: &str) {
    log!(level, "{name}: started");
    let start = Instant::now();
    let outcome = yield_!();
    let elapsed = start.elapsed();
    match outcome {
        Outcome::Succeeded(_) => log!(level, "{name}: completed after {elapsed:.1?}"),
        Outcome::Failed(failure) => error!("{name}: failed after {elapsed:.1?}: {failure}"),
        _ => error!("{name}: interrupted after {elapsed:.1?}"),
    }
}

/// Row 36: the first is completed, the second fails, and the third is below the logger's level.
fn activities() -> Result<(), ParseIntError> {
    with! { activity(Level::Info, "parse a number") => { "7".parse::<u32>()?; } }
    let failed = with! { activity(Level::Debug, "parse a word") => { "seven".parse::<u32>() } };
    println!("caller has {failed:?}");
    with! { activity(Level::Trace, "think") => {} }
    Ok(())
}

fn main() -> Result<(), ParseIntError> {
    let mut logger = env_logger::builder();
    logger
        .filter_level(LevelFilter::Debug)
        .target(Target::Stdout);
    logger.format(|out, record| writeln!(out, "{}: {}", record.level(), record.args()));
    logger.init();

    println!("14: a timer");
    println!("caller has {:?}", parse_all(&["1", "2"]));
    println!("caller has {:?}", parse_all(&["1", "two"]));

    println!("21: a benchmark");
    let sum = with! { benchmark("as a block") => { (1..=1000_u64).map(|n| n * n).sum::<u64>() } };
    println!("sums {sum} and {}", sum_of_squares(1000));

    println!("27: named operations");
    println!("bytes {}", report());

    println!("36: activities");
    activities()
}
