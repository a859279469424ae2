//! A performance monitor: time, processor time and memory of a block, and a warning if it was slow.
//!
//! ```console
//! $ cargo run --example monitor
//! ```

use std::time::{Duration, Instant};
use std::{fs, io, thread};

use cm_runtime::{context_manager, with};
use cpu_time::ProcessTime;

/// What this process has used so far.
struct Used {
    at: Instant,
    cpu: ProcessTime,
    peak_kib: Option<u64>,
}

impl Used {
    fn now() -> io::Result<Self> {
        Ok(Self {
            at: Instant::now(),
            cpu: ProcessTime::try_now()?,
            peak_kib: peak_kib(),
        })
    }
}

/// The most memory that this process has had at once, as Linux tells it; `None` elsewhere.
/// (`getrusage` counts that of the process before, too: of cargo, that is.)
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak?.strip_suffix("kB")?.trim().parse().ok()
}

/// Row 29: reports what the block has used, also if it fails, and warns if it took longer than
/// `threshold`. In Python tutorials: `psutil` in `__enter__` and `__exit__`.
#[context_manager]
fn monitored(name: &str, threshold: Duration) -> io::Result<()> {
    let before = Used::now()?;
    yield_!();
    let after = Used::now()?;
    let time = after.at - before.at;
    println!("{name}: time {} ms", time.as_millis());
    let cpu = after.cpu.duration_since(before.cpu);
    println!("{name}: cpu {} ms", cpu.as_millis());
    if let (Some(before), Some(after)) = (before.peak_kib, after.peak_kib) {
        println!("{name}: memory {} KiB", after - before);
    }
    if time > threshold {
        println!("warning: {name} took longer than {threshold:?}");
    }
    Ok(())
}

/// Computes for long enough to be seen, and holds 64 MiB meanwhile.
fn fill_memory() -> u64 {
    let mut numbers = vec![1_u64; 8 << 20];
    for at in 1..numbers.len() {
        numbers[at] = numbers[at - 1].wrapping_mul(6_364_136_223_846_793_005);
    }
    numbers[numbers.len() - 1]
}

fn main() -> io::Result<()> {
    println!("29: time, processor time, memory");
    let hour = Duration::from_secs(3600);
    let last = with! { monitored("computing", hour)? => { fill_memory() } };
    println!("result {last}");
    with! { monitored("sleeping", Duration::from_millis(20))? => {
        thread::sleep(Duration::from_millis(100));
    } }
    Ok(())
}
