use cm_runtime::within;
use std::sync::Mutex;

struct Store {
    all: Mutex<Vec<u32>>,
}

impl Store {
    #[within(&self.all mut list)]
    fn store(&self) -> usize {
        list.push(1);
        list.len()
    }
}

fn main() {
    let store = Store { all: Mutex::default() };
    assert_eq!(store.store(), 1);
}
