use cm_runtime::contextlib::aclosing;
use cm_runtime::with;

async fn f() {
    with! { async aclosing(String::new(), |text| drop(text)) as text => {
        text.clear();
    } }
}

fn main() {}
