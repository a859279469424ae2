use cm_runtime::contextlib::TaskGroup;
use cm_runtime::with;

#[derive(Debug)]
struct Refused;

async fn run() {
    let _ = with! { async TaskGroup::<Refused>::new() as tasks => {
        tasks.spawn(async { Err::<(), _>(Refused) });
    } };
}

fn main() {
    drop(run());
}
