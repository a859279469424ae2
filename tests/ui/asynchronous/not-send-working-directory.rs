use cm_runtime::contextlib::chdir;
use cm_runtime::with;

async fn list() -> std::io::Result<()> {
    with! { chdir("/tmp")? => {
        std::future::ready(()).await;
    } }
    Ok(())
}

fn spawn<F: Future + Send + 'static>(_: F) {}

fn main() {
    spawn(list());
}
