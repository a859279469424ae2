use cm_runtime::{context_manager, with};

#[async_trait::async_trait]
trait Sessions {
    #[context_manager(yields = &str)]
    async fn session(&self) -> Result<(), String>;
}

async fn run(sessions: &impl Sessions) -> Result<usize, String> {
    with! { async sessions.session()? as name => { Ok(name.len()) } }
}

fn main() {}
