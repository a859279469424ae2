//! A performance monitor: time, processor time and memory of a block, and a warning if it was slow.
//!
//! ```console
//! $ cargo run --example monitor
//! ```

use std::time::{Duration, Instant};
use std::{fs, io, thread};

use cm_runtime::{context_manager, with};
use rustix::time::{ClockId, clock_gettime};

/// What this process has used so far.
struct Used {
    at: Instant,
    cpu: Duration,
    peak_kib: u64,
}

impl Used {
    fn now() -> io::Result<Self> {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        Ok(Self {
            at: Instant::now(),
            cpu: cpu.try_into().map_err(io::Error::other)?,
            peak_kib: peak_kib()?,
        })
    }
}

/// The most memory that this process has had at once, as Linux tells it. (`getrusage` counts that
/// of the process before, too: of cargo, that is.)
fn peak_kib() -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.strip_suffix("kB"));
    let peak = peak.ok_or(io::ErrorKind::Unsupported)?;
    peak.trim().parse().map_err(io::Error::other)
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
    println!(
        "{name}: cpu {} ms",
        after.cpu.saturating_sub(before.cpu).as_millis()
    );
    println!("{name}: memory {} KiB", after.peak_kib - before.peak_kib);
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
