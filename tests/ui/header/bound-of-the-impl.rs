use std::convert::Infallible;
use std::fmt::Debug;

use cm_runtime::{ContextManager, Mut, Outcome, with};

struct Log<T>(Vec<T>);

impl<T: Debug> ContextManager for Log<T> {
    type Lends = Mut<Vec<T>>;
    type Exit = ();
    fn enter(&mut self) -> Result<&mut Vec<T>, Infallible> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {
        println!("{:?}", self.0);
    }
}

struct Item;

fn main() {
    with! { Log(vec![Item]) as log => {
        log.push(Item);
    } }
}
