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
    let (is_success, said) = run(arguments);
    assert!(is_success, "{said}");
    assert!(!said.contains("warning"), "{said}");
}

/// Whether it succeeds, and all that it says.
fn run(arguments: &[&str]) -> (bool, String) {
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
    let said = [output.stderr, output.stdout].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
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

#[test]
fn what_needs_std() {
    let (is_success, said) = run(&["check", "--package", "no-std", "--features", "refused"]);
    assert!(!is_success);
    let errors: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("error["))
        .collect();
    let expected = [
        "error[E0277]: `=> catch` needs the feature `std` of `cm-runtime`",
        "error[E0277]: `=> catch` needs the feature `std` of `cm-runtime`",
        "error[E0277]: a macro call that leaves and awaits needs the feature `std` of `cm-runtime`",
    ];
    let mut sorted = errors.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{said}");
}
