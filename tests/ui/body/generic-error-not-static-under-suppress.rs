#[path = "../managers.rs"]
mod managers;

use cm_runtime::with;
use managers::Suppressing;

fn outer<E>(check: Result<(), E>) -> Result<(), E> {
    with! { Suppressing => {
        check?;
    } };
    Ok(())
}

fn main() {}
