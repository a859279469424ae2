use cm_runtime::with;

fn number(s: &str) -> Result<u8, std::num::ParseIntError> {
    loop {
        with! { String::new() as x => {
            x.push_str(s);
            if x.is_empty() {
                continue;
            }
            if x.len() > 3 {
                return Ok(3);
            }
            let n = x.parse::<u8>()?;
            println!("{n}");
            break;
        } }
    }
    Ok(0)
}

fn main() {}
