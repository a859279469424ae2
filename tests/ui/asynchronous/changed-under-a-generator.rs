use cm_runtime::{context_manager, with};

#[context_manager]
async fn announced(name: &str) {
    println!("{name} begins");
    yield_!();
    println!("{name} ends");
}

async fn work(mut name: String) {
    with! { async announced(&name) => {
        name.push('!');
    } }
}

fn main() {
    drop(work(String::from("work")));
}
