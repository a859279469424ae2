use cm_runtime::context_manager;

#[context_manager(yields = &mut Vec<&str>)]
fn words(text: &str) {
    let mut words: Vec<&str> = text.split(' ').collect();
    yield_!(&mut words);
}

fn main() {}
