use cm_runtime::context_manager;

#[context_manager(yields = u8, yields = u8)]
fn twice() {
    yield_!(1);
}

fn main() {}
