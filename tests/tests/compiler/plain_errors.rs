//! What the compiler says of a mistake in a body is what it says of it in a plain block.
//!
//! Each snippet in `lints/errors/` has a mistake. It is compiled with and without the macro, and
//! the messages are compared: their text, their places, notes and suggestions. What differs is a
//! mistake of the macro, or stands in `ACCEPTED` with its reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cargo::{Package, cargo};
use crate::crates::snippets;
use crate::spellings::{KINDS, Write};

/// The snippets of which the messages differ, and why that stays.
const ACCEPTED: &[(&str, &str)] = &[
    ("await_of_a_number", WATCH),
    ("break_of_two_types", EXPECTED),
    ("break_outside_of_a_loop", LABEL),
    ("borrowed_by_a_closure", CARRIED),
    ("lifetime_in_a_box", VALUE),
    ("local_in_an_iterator", CARRIED),
    ("local_in_the_value", VALUE),
    ("local_returned", CARRIED),
    ("mismatched_return", EXPECTED),
    ("mismatched_value", EXPECTED),
    ("missing_ok", EXPECTED),
    ("missing_value", EXPECTED),
    ("moved_in_a_loop", MATCH),
    ("moved_out_of_a_borrow", MATCH),
    ("ok_too_much", EXPECTED),
    ("question_behind_a_chain", DESUGARED),
    ("question_behind_a_macro", IN_THE_MACRO),
    ("question_of_another_type", DESUGARED),
    ("question_on_a_number", TRY),
    ("return_without_a_size", SIZE),
];

const CARRIED: &str = "the value is carried out of the block before it is returned: what is borrowed \
    for it is named by a second label";
const DESUGARED: &str = "the words are for what the compiler makes of a `?` itself";
const EXPECTED: &str = "the type that the body or the leave must have comes out of a call: the \
    compiler does not see that it is the function's, for its second label and its suggestion";
const IN_THE_MACRO: &str =
    "it points at the call of the user's macro; of a plain block, at what that macro makes";
const LABEL: &str =
    "a label is suggested for a plain block; a block of the macro has no place for one";
const MATCH: &str = "the body is the operand of an expression: there is one more suggestion";
const WATCH: &str = "what is awaited is wrapped: there is no suggestion to take the `.await` away";
const SIZE: &str = "what carries the value out of the block are functions, and each wants its size";
const VALUE: &str =
    "it points at the value and its first token; of a plain block or a macro, at all of it";
const TRY: &str = "`Try` is not stable; the trait that stands for it says what fits";

/// A package with an example for each snippet: so cargo compiles each by itself.
fn write_package(root: &Path, name: &str, snippets: &BTreeMap<String, String>, write: Write) {
    // The examples of an earlier run.
    let _ = fs::remove_dir_all(root.join(name).join("examples"));
    let package = Package::new(root, name);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let support = fs::read_to_string(here.join("lints/support.rs")).expect("the support");
    package.put("src/lib.rs", &support);
    for (snippet, text) in snippets {
        let text = format!(
            "#![allow(warnings)]\nuse {{cm_runtime::with, {name}::*}};\n{}\nfn main() {{}}\n",
            write(text)
        );
        package.put(&format!("examples/{snippet}.rs"), &text);
    }
}

/// What the compiler says, by snippet.
fn messages(root: &Path) -> BTreeMap<(String, String), Vec<String>> {
    let packages = ["plain", "made"].map(str::to_owned);
    let said = cargo(root, &packages, &["check", "--examples", "--keep-going"]);
    let mut all: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for event in &said.events {
        if event["reason"] != "compiler-message" || event["message"]["level"] != "error" {
            continue;
        }
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let manifest = PathBuf::from(text(&event["manifest_path"]));
        let package = manifest.parent().and_then(Path::file_name);
        let package = package.expect("a package has a folder").to_string_lossy();
        let mut said = String::new();
        let file = root.join(text(&event["message"]["spans"][0]["file_name"]));
        let headers = headers(&fs::read_to_string(file).unwrap_or_default());
        say(&mut said, &event["message"], &headers);
        if !said.contains("aborting due to") {
            let key = (package.into_owned(), text(&event["target"]["name"]));
            all.entry(key).or_default().push(said);
        }
    }
    assert!(!all.is_empty(), "{}", said.errors);
    all
}

/// The lines on which a block begins: there the columns differ.
fn headers(text: &str) -> Vec<u64> {
    let begins = |line: &str| line.contains("with! {") || line.trim_start().starts_with('{');
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| begins(line))
        .map(|(at, _)| at)
        .collect()
}

/// A message and what belongs to it, a line each. The file is left out, and what the compiler adds
/// to all that comes out of a macro.
fn say(out: &mut String, message: &Value, headers: &[u64]) {
    let text = message["message"].as_str().unwrap_or_default();
    if text.starts_with("this error originates in the macro `with`") {
        return;
    }
    let code = message["code"]["code"].as_str().unwrap_or_default();
    let level = message["level"].as_str().unwrap_or_default();
    writeln!(out, "{level} {code}: {text}").expect("a string takes all");
    let mut spans = Vec::new();
    for span in message["spans"].as_array().into_iter().flatten() {
        let place = |line: &str, column: &str| {
            let is_header = span[line]
                .as_u64()
                .is_some_and(|line| headers.contains(&line));
            let column = if is_header {
                &Value::Null
            } else {
                &span[column]
            };
            format!("{}:{column}", span[line])
        };
        spans.push(format!(
            "  {} to {} {} {}",
            place("line_start", "column_start"),
            place("line_end", "column_end"),
            span["label"],
            span["suggested_replacement"]
        ));
    }
    spans.sort();
    for span in spans {
        writeln!(out, "{span}").expect("a string takes all");
    }
    for child in message["children"].as_array().into_iter().flatten() {
        say(out, child, headers);
    }
}

#[test]
#[rustversion::attr(
    not(stable(1.95)),
    ignore = "what the compiler says is that of Rust 1.95"
)]
fn errors_are_those_of_a_plain_block() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain-errors");
    let snippets = snippets(&here.join("lints/errors"));
    let kind = KINDS.iter().find(|kind| kind.folders == ["with"]);
    let kind = kind.expect("there are blocks");
    write_package(&root, "plain", &snippets, kind.plain);
    write_package(&root, "made", &snippets, kind.spellings[0].1);
    let found = messages(&root);

    let mut report = String::new();
    let mut same = 0;
    for snippet in snippets.keys() {
        let of = |package: &str| found.get(&(package.to_owned(), snippet.clone()));
        let plain = of("plain");
        assert!(plain.is_some(), "{snippet} has no mistake");
        let made = of("made");
        let is_accepted = ACCEPTED.iter().any(|(accepted, _)| accepted == snippet);
        same += usize::from(plain == made);
        if (plain == made) == is_accepted {
            writeln!(
                report,
                "== {snippet}\n-- in a plain block:\n{}-- in a `with!`:\n{}",
                plain.map(|all| all.concat()).unwrap_or_default(),
                made.map(|all| all.concat()).unwrap_or_default(),
            )
            .expect("a string takes all");
        }
    }
    println!(
        "{same} of {} mistakes have the same message",
        snippets.len()
    );
    assert!(report.is_empty(), "{report}");
}
