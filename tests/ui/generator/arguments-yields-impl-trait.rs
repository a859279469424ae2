use cm_runtime::context_manager;

#[context_manager(yields = &mut impl std::io::Write)]
fn opaque() {
    yield_!(&mut Vec::new());
}

fn main() {}
