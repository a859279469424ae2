use cm_runtime::context_manager;

#[context_manager]
fn lent_in_the_place_of_the_verdict() -> &'static str {
    yield_!("seven")
}

#[context_manager]
fn iterator() -> impl Iterator<Item = u8> {
    yield_!(7);
}

#[context_manager(yields: u8)]
fn colon() {
    yield_!(7);
}

#[context_manager(yields(u8))]
fn parentheses() {
    yield_!(7);
}

#[context_manager(yields = u8)]
fn function() {
    yield_(7);
}

fn main() {}
