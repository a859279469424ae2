use cm_runtime::{context_manager, with};

#[context_manager]
fn announced(name: &str) {
    println!("{name} begins");
    yield_!();
    println!("{name} ends");
}

fn main() {
    let mut name = String::from("work");
    with! { announced(&name) => {
        name.push('!');
    } }
}
