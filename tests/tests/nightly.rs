//! `yield!` under nightly's feature `yield_expr`: a package of its own, built as a nightly compiler
//! would build it.

use std::path::Path;
use std::process::Command;

#[test]
fn yield_as_a_keyword() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("nightly");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nightly");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
