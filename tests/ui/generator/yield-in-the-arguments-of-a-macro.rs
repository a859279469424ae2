use cm_runtime::context_manager;

#[context_manager]
fn in_the_arguments_of_a_macro() {
    println!("{:?}", yield_!());
}

fn main() {}
