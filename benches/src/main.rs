//! Counts the instructions that `with!` executes beside hand-written RAII, under valgrind's
//! callgrind, and the allocations that it makes.
//!
//! The program starts itself under valgrind, once for a number of rounds and once for twice as
//! many: the difference is what the rounds cost, to the instruction.

mod asynchronous;
mod cases;

use std::io;
use std::process::{Command, ExitCode};

use cases::{Bar, CASES, Case};

const ROUNDS: u32 = 10_000;

/// How many times the size by hand the future of a block may have.
const SIZE: f64 = 1.25;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [case, variant, rounds] = &args[..] {
        run(case, variant, rounds);
        return ExitCode::SUCCESS;
    }
    match report() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: a bar of instructions or of allocations is missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: valgrind does not run, which counts the instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

/// In the child: the rounds of one variant.
fn run(case: &str, variant: &str, rounds: &str) {
    let case = CASES.iter().find(|known| known.name == case);
    let case = case.expect("the parent names a case");
    let body = match variant {
        "hand" => Some(case.hand),
        "with" => Some(case.with),
        _ => case.scopeguard,
    };
    let body = body.expect("the parent names a variant");
    let rounds: u64 = rounds.parse().expect("the parent gives a number");
    // Where the main thread's stack begins depends on the environment, and what a copy on it costs on where that is.
    let counted = std::thread::spawn(move || {
        for round in 0..rounds {
            body(round);
        }
    });
    counted.join().expect("a round does not panic");
}

/// Prints the table; whether the bars hold.
fn report() -> io::Result<bool> {
    println!(
        "{:<34} {:>8} {:>8} {:>8} {:>8} {:>6} {:>6}",
        "instructions a round", "by hand", "with!", "guard", "a block", "ratio", "allocs"
    );
    let mut holds = true;
    for case in CASES {
        let hand = instructions(case, "hand")?;
        let with = instructions(case, "with")?;
        let guard = match case.scopeguard {
            Some(_) => format!("{:.1}", instructions(case, "scopeguard")?),
            None => "-".to_owned(),
        };
        let more = (with - hand) / f64::from(case.blocks);
        let allocations = allocation_counter::measure(|| {
            (case.with)(1);
        });
        let allocations = allocations.count_total;
        println!(
            "{:<34} {hand:>8.1} {with:>8.1} {guard:>8} {more:>+8.1} {:>6.2} {allocations:>6}",
            case.name,
            with / hand
        );
        holds &= allocations <= case.allocations;
        holds &= match case.bar {
            Bar::Instructions(bar) => more <= bar,
            Bar::Ratio(bar) => with / hand <= bar,
        };
    }
    println!(
        "guard: scopeguard's; a block: instructions more than by hand, for each block entered"
    );
    println!(
        "\n{:<34} {:>8} {:>8} {:>33}",
        "bytes of a future", "by hand", "with!", "ratio"
    );
    for (name, hand, with) in asynchronous::sizes() {
        #[allow(clippy::cast_precision_loss, reason = "they are small")]
        let ratio = with as f64 / hand as f64;
        println!("{name:<34} {hand:>8} {with:>8} {ratio:>33.2}");
        holds &= ratio <= SIZE;
    }
    Ok(holds)
}

/// Instructions of one round.
fn instructions(case: &Case, variant: &str) -> io::Result<f64> {
    let rounds = (ROUNDS / case.blocks).max(100);
    let once = collect(case, variant, rounds)?;
    let twice = collect(case, variant, 2 * rounds)?;
    let more = u32::try_from(twice - once).map_err(io::Error::other)?;
    Ok(f64::from(more) / f64::from(rounds))
}

/// Instructions of a whole run.
fn collect(case: &Case, variant: &str, rounds: u32) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([case.name, variant, &rounds.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let count = collected.and_then(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| io::Error::other(said.into_owned()))
}
