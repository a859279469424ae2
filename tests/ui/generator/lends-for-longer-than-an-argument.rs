use cm_runtime::context_manager;

#[context_manager(yields = &'a str)]
fn longer<'a>(one: &'a str, other: &str) {
    yield_!(if one.len() > other.len() { one } else { other });
}

fn main() {}
