use cm_runtime::context_manager;

#[context_manager(yields = Vec<u32)]
fn numbers() {
    yield_!(vec![1]);
}

fn main() {
    drop(numbers());
}
