use cm_runtime::context_manager;

#[context_manager(yields = u8)]
fn one_in_each_branch(condition: bool) {
    if condition {
        yield_!(1);
    } else {
        yield_!(2);
    }
}

fn main() {}
