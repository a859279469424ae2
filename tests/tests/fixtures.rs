//! Packages that are set up in another way than this one: other editions, `cm-runtime` under another
//! name, through another crate, and without `std`.

use std::path::Path;
use std::process::Command;
use std::sync::Once;

/// The versions that the workspace is tested with, and has at hand.
fn lock(fixtures: &Path) {
    static ONCE: Once = Once::new();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    ONCE.call_once(|| {
        std::fs::copy(workspace, fixtures.join("Cargo.lock")).expect("a lock file");
    });
}

fn cargo(arguments: &[&str]) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    lock(&fixtures);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(fixtures)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{told}");
    assert!(!said.contains("warning"), "{said}");
}

/// What is in each package is tested there; unit tests and doc tests.
#[test]
fn packages() {
    cargo(&["test", "--workspace", "--exclude", "no-std"]);
}

/// By itself: beside the others it would get their features.
#[test]
fn no_std() {
    cargo(&["build", "--package", "no-std"]);
}
