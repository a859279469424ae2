use cm_runtime::contextlib::aclosing;
use cm_runtime::with;

async fn f() {
    with! { async aclosing(String::new(), async |text| text.len()) as text => {
        text.clear();
    } }
}

fn main() {}
