use std::io;

use cm_runtime::{AsyncManager, context_manager, with};

struct Names;

impl Names {
    #[context_manager(yields = (u32 String))]
    async fn next(&self) -> io::Result<()> {
        let name = String::from("a");
        yield_!((1, name));
        std::future::ready(()).await;
        Ok(())
    }
}

fn is_manager(_: &impl AsyncManager<Exit = io::Result<()>>) {}

async fn run() -> io::Result<String> {
    is_manager(&Names.next());
    let (n, name) = with! { async Names.next()? as (n, name) => { (n, name) } };
    Ok(name.repeat(n))
}

fn main() {
    drop(run());
}
