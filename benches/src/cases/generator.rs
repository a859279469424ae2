//! Functions as managers, beside the guards and blocks that do the same.

use cm_runtime::{context_manager, with};

use super::fallible::File;
use super::{fallible_work, work};

#[context_manager]
fn counted(counter: &mut u64) {
    *counter += 1;
    yield_!();
    *counter += 2;
}

#[inline(never)]
pub(super) fn counter(counter: &mut u64, round: u64) -> u64 {
    with! { counted(counter) => { work(round) } }
}

#[context_manager(yields = &mut File)]
fn open(round: u64) -> Result<(), u64> {
    let mut file = File(round);
    yield_!(&mut file);
    file.close()
}

#[inline(never)]
pub(super) fn fallible(round: u64) -> Result<u64, u64> {
    Ok(with! { open(round)? as file => {
        file.0 += work(round);
        fallible_work(round)?
    } })
}
