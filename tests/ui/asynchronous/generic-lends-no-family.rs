use cm_runtime::{AsyncManager, with};

async fn f<M: AsyncManager<Lends = u8, Exit = ()>>(manager: M) {
    with! { async manager as value => {} }
}

fn main() {}
