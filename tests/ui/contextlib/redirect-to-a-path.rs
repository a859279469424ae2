use cm_runtime::contextlib::redirect_stdout;
use cm_runtime::with;

fn main() -> std::io::Result<()> {
    with! { redirect_stdout("a.txt")? => {} }
    Ok(())
}
