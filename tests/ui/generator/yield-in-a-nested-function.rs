use cm_runtime::context_manager;

#[context_manager]
fn in_a_nested_function() {
    fn nested() {
        yield_!();
    }
    nested();
}

fn main() {}
