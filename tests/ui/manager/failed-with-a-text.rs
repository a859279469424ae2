use cm_runtime::Outcome;

fn main() {
    let outcome: Outcome<'_> = Outcome::failed("no");
    assert!(!outcome.is_success());
}
