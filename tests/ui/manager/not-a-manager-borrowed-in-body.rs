use cm_runtime::with;

fn sum(numbers: &[u8]) -> u8 {
    numbers.iter().sum()
}

fn total() -> std::io::Result<u8> {
    with! { std::fs::read("numbers")? as x => {
        Ok(sum(&x))
    } }
}

fn main() {}
