use cm_runtime::context_manager;

#[context_manager]
fn lent_in_the_place_of_the_verdict() -> &'static str {
    yield_!("seven")
}

fn main() {}
