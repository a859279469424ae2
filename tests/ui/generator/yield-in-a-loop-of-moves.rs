// The compiler goes on with the body: what it imports is used, and no value is moved twice.
#![deny(warnings)]

use std::io::Write;

use cm_runtime::{context_manager, with};

#[context_manager(yields = Vec<u8>)]
fn each(all: Vec<Vec<u8>>, log: &std::sync::Mutex<Vec<u8>>) -> std::io::Result<()> {
    for one in all {
        let outcome = yield_!(one);
        with! { log as mut log => {
            writeln!(log, "{}", outcome.is_success())?;
        } }
    }
    Ok(())
}

fn main() {}
