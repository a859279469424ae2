use cm_runtime::context_manager;

#[context_manager(yields = dyn Fn(&str) -> u8 + Send)]
fn no_size_either(f: &(dyn Fn(&str) -> u8 + Send)) {
    yield_!(f);
}

fn main() {}
