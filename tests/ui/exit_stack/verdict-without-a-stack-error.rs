use cm_runtime::ExitStack;

fn main() {
    let _ = ExitStack::<std::io::Result<()>>::with_verdict();
}
