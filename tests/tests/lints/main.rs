//! Lints in bodies: a warning fires in a `with!` where it fires in a plain block, and nowhere else;
//! the same for `#[context_manager]` and `#[within]`, and plain functions.
//!
//! Each snippet in `lints/` is written once, and put into several crates: as it is without the
//! macro, and with it in each of its spellings. clippy reads them all in one run. What differs is
//! a mistake of the macro, or stands in `ACCEPTED` with its reason.

mod accepted;
mod crates;
mod spellings;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::accepted::{ACCEPTED, Accepted, What};
use self::crates::{snippets, write_crate};
use self::spellings::{KINDS, Kind};

/// A warning: where, and which. Its lines are those of all that it points at. What it says is not compared, since
/// that names types.
type Warning = (String, Vec<u64>, String);

/// Where the user has written what is at `span`: of the tokens of a macro, its call.
fn user(mut span: &serde_json::Value) -> &serde_json::Value {
    let is_of_a_crate = |span: &serde_json::Value| {
        let file = span["file_name"].as_str().expect("a path");
        Path::new(file).is_absolute()
    };
    while is_of_a_crate(span) && span["expansion"].is_object() {
        span = &span["expansion"]["span"];
    }
    span
}

/// All warnings of all crates, by crate.
fn clippy(root: &Path) -> BTreeMap<String, BTreeSet<Warning>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "clippy",
            "--offline",
            "--workspace",
            "--message-format=json",
        ])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("clippy is a component of the toolchain");
    let said = String::from_utf8_lossy(&output.stderr);
    let mut all: BTreeMap<String, BTreeSet<Warning>> = BTreeMap::new();
    let mut errors = String::new();
    for event in String::from_utf8_lossy(&output.stdout).lines() {
        let event: serde_json::Value = serde_json::from_str(event).expect("cargo writes JSON");
        let message = &event["message"];
        let Some(lint) = message["code"]["code"].as_str() else {
            continue;
        };
        if message["level"] == "error" {
            writeln!(
                errors,
                "{}",
                message["rendered"].as_str().unwrap_or_default()
            )
            .expect("a string takes all");
        }
        let spans = message["spans"].as_array().expect("a list");
        let span = spans.iter().find(|span| span["is_primary"] == true);
        let span = user(span.expect("a lint has a place"));
        let file = PathBuf::from(span["file_name"].as_str().expect("a path"));
        let snippet = file.file_stem().expect("a file").to_string_lossy();
        let own = spans
            .iter()
            .map(user)
            .filter(|one| one["file_name"] == span["file_name"]);
        let mut at: Vec<u64> = own
            .flat_map(|one| [&one["line_start"], &one["line_end"]])
            .map(|line| line.as_u64().expect("a number") - 1)
            .collect();
        at.sort_unstable();
        at.dedup();
        let target = event["target"]["name"].as_str().expect("a name");
        let warning = (snippet.into_owned(), at, lint.to_owned());
        all.entry(target.to_owned()).or_default().insert(warning);
    }
    assert!(
        output.status.success() && errors.is_empty(),
        "{errors}{said}"
    );
    all
}

#[test]
#[rustversion::attr(
    not(stable(1.95)),
    ignore = "which lints there are, and where they fire, is that of Rust 1.95"
)]
fn lints() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lints");
    fs::create_dir_all(&root).expect("a folder");
    let mut members = Vec::new();
    for kind in KINDS {
        let mut all = BTreeMap::new();
        for folder in kind.folders {
            all.append(&mut snippets(&here.join("lints").join(folder)));
        }
        all.retain(|snippet, _| !kind.without.contains(&snippet.as_str()));
        let plain = [("plain", kind.plain)];
        for (name, write) in plain.iter().chain(kind.spellings) {
            let name = format!("{}_{name}", kind.name);
            write_crate(&root, &name, &all, *write);
            members.push(name);
        }
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    fs::write(root.join("Cargo.toml"), manifest).expect("a file");
    // The versions are those of this workspace.
    fs::copy(here.with_file_name("Cargo.lock"), root.join("Cargo.lock")).expect("a lock file");
    let found = clippy(&root);

    let mut report = String::new();
    let mut needed = vec![false; ACCEPTED.len()];
    for kind in KINDS {
        let Kind {
            name, spellings, ..
        } = kind;
        let plain = &found[&format!("{name}_plain")];
        for (spelling, _) in *spellings {
            let made = &found[&format!("{name}_{spelling}")];
            println!(
                "{name}, {spelling}: {} warnings as in a plain one, which has {}",
                made.intersection(plain).count(),
                plain.len()
            );
            let more = made.difference(plain).map(|warning| (What::More, warning));
            let less = plain.difference(made).map(|warning| (What::Less, warning));
            for (what, warning) in more.chain(less) {
                let is = |one: &Accepted| one.covers(kind, spelling, what, warning);
                if let Some(at) = ACCEPTED.iter().position(is) {
                    needed[at] = true;
                    continue;
                }
                let (snippet, at, lint) = warning;
                writeln!(
                    report,
                    "{what:?} in {name}, {spelling}: {lint} in {snippet}, lines {at:?}"
                )
                .expect("a string takes all");
            }
        }
    }
    for (one, is_needed) in ACCEPTED.iter().zip(needed) {
        assert!(!one.reason.is_empty());
        if !is_needed {
            writeln!(
                report,
                "no longer: {:?} in {}: {} in {}",
                one.what, one.place, one.lint, one.snippets
            )
            .expect("a string takes all");
        }
    }
    assert!(report.is_empty(), "{report}");
}
