use cm_runtime::contextlib::closing;
use cm_runtime::with;

fn main() {
    with! { closing(String::new(), |text| text) as text => { text.push('a'); } }
}
