use std::io;
use std::time::Instant;

use cm_runtime::{context_manager, with};

#[context_manager]
async fn suppressing() -> Result<bool, io::Error> {
    let begin = Instant::now();
    let outcome = yield_!();
    println!("{:?}", begin.elapsed());
    Ok(outcome.is::<io::Error>())
}

async fn number() -> io::Result<Option<u32>> {
    let number = with! { async suppressing()? => { 7 } };
    Ok(number)
}

fn main() {
    drop(number());
}
