//! What a block costs: the null device opened and closed, with a manager and without.
//!
//! ```console
//! $ cargo run --release --example cost [-- FILES]
//! ```

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io;
use std::time::{Duration, Instant};

use cm_runtime::{ContextManager, Mut, Outcome, context_manager, with};

const ROUNDS: usize = 15;

/// Row 34: without a manager.
fn plain() -> io::Result<()> {
    let file = File::open("/dev/null")?;
    black_box(&file);
    Ok(())
}

/// Row 34: a manager that is a type.
struct Null(Option<File>);

impl ContextManager for Null {
    type Lends = Mut<File>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut File> {
        Ok(self.0.insert(File::open("/dev/null")?))
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        self.0 = None;
        Ok(())
    }
}

fn of_a_type() -> io::Result<()> {
    with! { Null(None)? as file => { black_box(file); } }
    Ok(())
}

/// Row 34: one that is a function.
#[context_manager(yields = &File)]
fn null() -> io::Result<()> {
    let file = File::open("/dev/null")?;
    yield_!(&file);
    Ok(())
}

fn of_a_function() -> io::Result<()> {
    with! { null()? as file => { black_box(file); } }
    Ok(())
}

const CASES: [fn() -> io::Result<()>; 3] = [plain, of_a_type, of_a_function];

/// Times `files` of each, in turns of a few, so that what else the machine does meets all of them.
fn round(files: u32) -> io::Result<[Duration; 3]> {
    const TURN: u32 = 100;
    let mut times = [Duration::ZERO; 3];
    for turn in 0..files.div_ceil(TURN) {
        for case in 0..3 {
            let case = (case + turn as usize) % 3;
            let start = Instant::now();
            for _ in 0..TURN {
                CASES[case]()?;
            }
            times[case] += start.elapsed();
        }
    }
    Ok(times)
}

/// The median of `times[case]` to `times[0]`, over the rounds.
fn ratio(rounds: &[[Duration; 3]], case: usize) -> f64 {
    let ratio = |times: &[Duration; 3]| times[case].as_secs_f64() / times[0].as_secs_f64();
    let mut ratios: Vec<_> = rounds.iter().map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn main() -> Result<(), Box<dyn Error>> {
    let files = std::env::args().nth(1);
    let files = files.map_or(Ok(100_000), |files| files.parse())?;
    round(files / 10)?;
    let rounds = (0..ROUNDS).map(|_| round(files));
    let rounds: Vec<_> = rounds.collect::<io::Result<_>>()?;

    println!("34: {files} files, the median of {ROUNDS} rounds");
    println!("a type: ratio {:.3}", ratio(&rounds, 1));
    println!("a function: ratio {:.3}", ratio(&rounds, 2));
    Ok(())
}
