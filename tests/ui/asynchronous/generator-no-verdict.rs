use cm_runtime::context_manager;

struct Connection;

#[context_manager]
async fn connection() -> Connection {
    yield_!();
    Connection
}

fn main() {}
