use std::error::Error;

use cm_runtime::Outcome;

fn main() {
    let error: Box<dyn Error + Send + Sync> = "no".into();
    let outcome: Outcome<'_> = Outcome::failed(&error);
    assert!(!outcome.is_success());
}
