use cm_runtime::ExitStack;

fn main() {
    let _ = ExitStack::<std::fmt::Result>::with_verdict();
}
