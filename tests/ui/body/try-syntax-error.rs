use cm_runtime::with;
use std::num::ParseIntError;
use std::sync::Mutex;

fn sum(words: &Mutex<Vec<String>>) -> u32 {
    let sum: Result<u32, ParseIntError> = with! { words as words => try {
        let first: u32 = words[0].parse()?;
        first +;
    } };
    sum.unwrap_or_default()
}

fn main() {
    sum(&Mutex::default());
}
