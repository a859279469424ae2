#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::plain;

fn main() {
    loop {
        with! { plain() as x => {
            if x.is_empty() {
                continue;
            }
            if x.len() > 3 {
                break 'done1;
            }
            if x.len() > 2 {
                break 'body2;
            }
            if x.len() > 1 {
                break 'jump3;
            }
            return;
        } }
    }
}
