use std::convert::Infallible;

use cm_runtime::{ContextManager, Outcome, Owned, with};

struct Pair;

impl ContextManager for Pair {
    type Lends = Owned<(u8, u8)>;
    type Exit = ();
    fn enter(&mut self) -> Result<(u8, u8), Infallible> {
        Ok((1, 2))
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {
    with! { Pair as (a, b, c) => {
        println!("{a} {b} {c}");
    } }
}
