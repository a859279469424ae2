//! A buffer that is written back when the block ends.

use cm_runtime::{context_manager, with};

use super::work;

struct Buffer<'t> {
    own: [u64; 8],
    to: &'t mut [u64; 8],
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        *self.to = self.own;
    }
}

#[inline(never)]
pub(super) fn hand(to: &mut [u64; 8], round: u64) -> u64 {
    let mut buffer = Buffer { own: *to, to };
    fill(&mut buffer.own, round)
}

#[context_manager(yields = &mut [u64; 8])]
fn buffered(to: &mut [u64; 8]) {
    let mut own = *to;
    yield_!(&mut own);
    *to = own;
}

#[inline(never)]
pub(super) fn generator(to: &mut [u64; 8], round: u64) -> u64 {
    with! { buffered(to) as own => { fill(own, round) } }
}

#[inline(never)]
fn fill(buffer: &mut [u64; 8], round: u64) -> u64 {
    buffer[0] = work(round);
    buffer[0]
}
