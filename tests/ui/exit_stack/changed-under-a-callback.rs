use cm_runtime::{ExitStack, with};

fn main() {
    let mut names = vec![String::from("work")];
    with! { ExitStack::<()>::with_verdict() as stack => {
        stack.callback(|| println!("{}", names.len()));
        names.push(String::from("more"));
    } }
}
