#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    with! { plain() as x => {
        let first = 'found: {
            if x.is_empty() {
                break 'found ::std::option::Option::None;
            }
            x.chars().next()
        };
        assert!(first.is_none());
    } }
}
