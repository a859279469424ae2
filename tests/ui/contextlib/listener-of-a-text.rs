use cm_runtime::contextlib::nullcontext;
use cm_runtime::{Manager, with};

fn main() {
    with! { nullcontext(1).on_lost(|lost: &str| println!("{lost}")) => {} }
}
