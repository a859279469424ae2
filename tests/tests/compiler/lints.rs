//! Lints in bodies: a warning fires in a `with!` where it fires in a plain block, and nowhere else;
//! the same for `#[context_manager]` and `#[within]`, and plain functions.
//!
//! Each snippet in `lints/` is written once, and put into several crates: as it is without the
//! macro, and with it in each of its spellings. clippy reads them all in one run. What differs is
//! a mistake of the macro, or stands in `ACCEPTED` with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::accepted::{ACCEPTED, Accepted, What};
use crate::cargo::{cargo, primary, user};
use crate::crates::{snippets, write_crate};
use crate::spellings::{KINDS, Kind};

/// A warning: where, and which. Its lines are those of all that it points at. What it says is not compared, since
/// that names types.
pub(crate) type Warning = (String, Vec<u64>, String);

/// All warnings of all crates, by crate.
fn clippy(root: &Path, packages: &[String]) -> BTreeMap<String, BTreeSet<Warning>> {
    let said = cargo(root, packages, &["clippy"]);
    let mut all: BTreeMap<String, BTreeSet<Warning>> = BTreeMap::new();
    let mut errors = String::new();
    for event in &said.events {
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
        let span = primary(message).expect("a lint has a place");
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
        said.succeeded && errors.is_empty(),
        "{errors}{}",
        said.errors
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
    let found = clippy(&root, &members);

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
