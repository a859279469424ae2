use cm_runtime::{ContextManager, ErrorOf, Lent, OutcomeOf, context_manager, with};

struct Around<M>(M);

impl<M: ContextManager> ContextManager for Around<M> {
    type Lends = M::Lends;
    type Exit = M::Exit;

    fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ErrorOf<M>> {
        self.0.enter()
    }
    fn exit(&mut self, outcome: OutcomeOf<'_, M>) -> M::Exit {
        self.0.exit(outcome)
    }
}

#[context_manager]
fn generator() {
    yield_!();
}

fn main() {
    with! { Around(generator()) => {} }
}
