use cm_runtime::contextlib::atransaction;
use cm_runtime::with;

async fn f() {
    with! { async atransaction(String::new(), async |text| text.len(), async |text| text.len()) as text => {
        text.clear();
    } }
}

fn main() {}
