use cm_runtime::{
    AsyncContextManager, AsyncErrorOf, AsyncOutcomeOf, Lent, context_manager, with,
};

struct Around<M>(M);

impl<M: AsyncContextManager> AsyncContextManager for Around<M> {
    type Lends = M::Lends;
    type Exit = M::Exit;

    async fn enter(&mut self) -> Result<Lent<'_, M::Lends>, AsyncErrorOf<M>> {
        self.0.enter().await
    }
    async fn exit(&mut self, outcome: AsyncOutcomeOf<'_, M>) -> M::Exit {
        self.0.exit(outcome).await
    }
}

#[context_manager]
async fn generator() {
    yield_!();
}

async fn outer() {
    with! { async Around(generator()) => {} }
}

fn main() {
    drop(outer());
}
