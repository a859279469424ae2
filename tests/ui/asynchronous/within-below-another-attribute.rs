use cm_runtime::{context_manager, within};

#[context_manager(yields = u8)]
async fn manager() {
    yield_!(7);
}

#[tokio::main]
#[within(async manager() as n)]
async fn main() {
    println!("{n}");
}
