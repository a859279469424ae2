use cm_runtime::{ExitStack, with};

fn main() {
    let _ = with! { ExitStack::new() as stack => {
        let local = String::from("short");
        stack.callback(|| println!("{local}"));
    } };
}
