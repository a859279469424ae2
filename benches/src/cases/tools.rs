//! The toolbox.

use std::fmt;

use cm_runtime::{contextlib, with};

use super::{fallible_work, work};

#[inline(never)]
pub(super) fn guard(counter: &mut u64, round: u64) -> u64 {
    *counter += 1;
    with! { contextlib::guard(counter, |counter, _| *counter += 2) => { work(round) } }
}

#[inline(never)]
pub(super) fn closing(counter: &mut u64, round: u64) -> u64 {
    *counter += 1;
    with! { contextlib::closing(counter, |counter| *counter += 2) => { work(round) } }
}

struct Restore<'p> {
    place: &'p mut u64,
    old: u64,
}

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        *self.place = self.old;
    }
}

#[inline(never)]
pub(super) fn replaced_by_hand(place: &mut u64, round: u64) -> u64 {
    let old = std::mem::replace(place, 7);
    let restore = Restore { place, old };
    *restore.place += work(round);
    *restore.place
}

#[inline(never)]
pub(super) fn replaced(place: &mut u64, round: u64) -> u64 {
    with! { contextlib::replace(place, 7) as place => {
        *place += work(round);
        *place
    } }
}

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

fn refusing(round: u64) -> Result<u64, Refused> {
    fallible_work(round).map_err(|_| Refused)
}

#[inline(never)]
pub(super) fn suppressed_by_hand(round: u64) -> u64 {
    let run = || -> Result<u64, Refused> { Ok(refusing(round)? + 1) };
    run().unwrap_or(0)
}

#[inline(never)]
pub(super) fn suppressed(round: u64) -> u64 {
    let run = || -> Result<u64, Refused> {
        let block = with! { contextlib::suppress::<Refused>() => { refusing(round)? + 1 } };
        Ok(block.unwrap_or(0))
    };
    run().unwrap_or(1)
}
