use cm_runtime::context_manager;

#[context_manager]
fn in_an_argument_of_a_type() {
    std::array::repeat::<_, { yield_!().is_success() as usize }>(0);
}

fn main() {}
