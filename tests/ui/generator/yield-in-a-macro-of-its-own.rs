use cm_runtime::context_manager;

#[context_manager]
fn in_a_macro_of_its_own() {
    macro_rules! again {
        () => {
            yield_!()
        };
    }
    again!();
}

fn main() {}
