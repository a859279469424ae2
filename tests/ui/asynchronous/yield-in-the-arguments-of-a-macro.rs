use cm_runtime::context_manager;

#[context_manager]
async fn in_the_arguments_of_a_macro() {
    tokio::select! {
        _ = async {} => {}
        outcome = async { yield_!() } => drop(outcome),
    }
}

fn main() {}
