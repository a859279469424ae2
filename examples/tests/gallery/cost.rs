//! That it measures; what it measures in a release build is in the README.

use crate::{number, run};

#[test]
fn ratio_34() {
    let lines = run("cost", &["1000"]).row(34);
    for case in ["a type: ratio", "a function: ratio"] {
        let ratio = number(&lines, case, "");
        assert!((0.2..5.0).contains(&ratio), "{lines:?}");
    }
}
