use std::sync::Mutex;

use cm_runtime::with;

fn count(lock: &Mutex<u32>, text: &str) -> Result<u32, std::num::ParseIntError> {
    with! { lock as mut count => catch {
        let by: u32 = text.parse()?:
        *count += by;
        Ok(*count)
    } }
}

fn main() {
    count(&Mutex::new(1), "1").unwrap();
}
