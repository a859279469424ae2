use std::sync::Mutex;

use cm_runtime::with;

struct Point {
    x: u8,
    y: u8,
}

fn main() {
    let lock = Mutex::new(Point { x: 1, y: 2 });
    with! { &lock as point => {
        let Point { x, ..? } = *point;
        let _ = x + point.y;
    } }
}
