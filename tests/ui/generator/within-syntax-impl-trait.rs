use std::collections::BTreeSet;
use std::sync::Mutex;

use cm_runtime::within;

static LOCK: Mutex<u8> = Mutex::new(0);

#[within(&LOCK as value)]
fn sorted(values: &[u8]) -> impl Iterator<Item = u8> {
    let sorted = BTreeSet::from_iter(values.iter().copied())
    let value = *value;
    sorted.into_iter().map(move |one| one + value)
}

fn main() {
    sorted(&[1]).count();
}
