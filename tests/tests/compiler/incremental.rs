//! An incremental compiler says as much of each mistake in `ui/`.
//!
//! For trybuild each is compiled as a whole. Users' crates are not: `cargo check` is incremental. Then a place is another one
//! to the compiler if it has come by it in another way, and what it says only once of one place can be said twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{Package, cargo};

const FEATURES: &[&str] = &["anyhow", "log", "redirect", "tempfile", "tokio", "tracing"];
const TOKIO: &str = "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n";

/// The cases: their names, and how many errors there are if they are compiled as a whole.
fn cases(ui: &Path) -> BTreeMap<String, (PathBuf, usize)> {
    let entries = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path())
    };
    let mut cases = BTreeMap::new();
    for topic in entries(ui).filter(|topic| topic.is_dir()) {
        for case in entries(&topic) {
            let Ok(errors) = fs::read_to_string(case.with_extension("stderr")) else {
                continue;
            };
            let is_error = |line: &&str| line.starts_with("error:") || line.starts_with("error[");
            let stem = |path: &Path| {
                path.file_stem()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            };
            let name = format!("{}__{}", stem(&topic), stem(&case));
            let errors = errors.lines().filter(is_error).count();
            cases.insert(name, (case.with_extension("rs"), errors));
        }
    }
    assert!(cases.len() > 400, "only {} cases were found", cases.len());
    cases
}

#[test]
#[rustversion::attr(
    not(stable(1.95)),
    ignore = "what the compiler says is that of Rust 1.95"
)]
fn as_many_errors() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incremental");
    let cases = cases(&here.join("ui"));
    let mut more = TOKIO.to_owned();
    for (name, (path, _)) in &cases {
        let path = path.display();
        write!(more, "[[example]]\nname = '{name}'\npath = '{path}'\n")
            .expect("a string takes all");
    }
    let package = Package::with(&root, "cases", FEATURES, &more);
    package.put("src/lib.rs", "");

    let said = cargo(
        &root,
        &["cases".to_owned()],
        &["check", "--examples", "--keep-going"],
    );
    let mut found: BTreeMap<_, usize> = BTreeMap::new();
    for event in &said.events {
        let message = &event["message"];
        let is_summary =
            message["spans"].as_array().is_some_and(Vec::is_empty) && message["code"].is_null();
        if event["reason"] == "compiler-message" && message["level"] == "error" && !is_summary {
            let name = event["target"]["name"].as_str().expect("a name");
            *found.entry(name.to_owned()).or_default() += 1;
        }
    }
    let differ: Vec<_> = cases
        .into_iter()
        .map(|(name, (_, errors))| (found.get(&name).copied().unwrap_or_default(), errors, name))
        .filter(|(found, errors, _)| found != errors)
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}
