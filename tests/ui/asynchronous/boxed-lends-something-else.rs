use cm_runtime::context_manager;

#[context_manager(yields = u8)]
async fn one() {
    yield_!(1);
}

#[context_manager(yields = &str)]
async fn other() {
    yield_!("other");
}

fn main() {
    let choose = true;
    let _ = if choose { one().boxed() } else { other().boxed() };
}
