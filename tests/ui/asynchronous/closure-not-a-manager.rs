use cm_runtime::AsyncManager;

fn main() {
    drop(String::new().with(async |text: String| text.len()));
}
