use cm_runtime::with;

fn number() -> Result<u8, std::num::ParseIntError> {
    with! { "7".parse::<u8>()? as x => {
        Ok(x)
    } }
}

fn main() {}
