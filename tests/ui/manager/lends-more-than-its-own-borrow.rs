use std::convert::Infallible;

use cm_runtime::{ContextManager, Mut, Outcome};

struct Text<'t>(&'t mut String);

impl<'t> ContextManager for Text<'t> {
    type Lends = Mut<String>;
    type Exit = ();
    fn enter(&mut self) -> Result<&'t mut String, Infallible> {
        Ok(self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

fn main() {}
