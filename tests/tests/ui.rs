//! What must not compile, and what the compiler says then; see the README of this package.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[rustversion::attr(
    not(stable(1.95)),
    ignore = "the messages are those of Rust 1.95, and each Rust has its own"
)]
#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

/// The mistakes of which the compiler says more than one thing, and why.
const SEVERAL: &[(&str, &str)] = &[
    ("asynchronous/closure-with-result", OF_A_FUTURE),
    ("asynchronous/detached-sync-manager", OF_A_FUTURE),
    (
        "asynchronous/exit-is-no-verdict-with-question",
        BY_SIGNATURE,
    ),
    ("asynchronous/implemented-by-hand", OF_THE_IMPL),
    ("asynchronous/misspelled-method", OF_THE_IMPL),
    ("asynchronous/value-escapes", BY_PLACE),
    ("asynchronous/wrong-verdict", BY_SIGNATURE),
    ("body/await-of-an-unfit-future", BY_AWAIT),
    ("body/value-escapes", BY_PLACE),
    ("body/value-escapes-by-assignment", BY_PLACE),
    ("body/value-escapes-by-break", BY_PLACE),
    ("body/value-escapes-by-return", BY_PLACE),
    ("exit_stack/verdict-without-a-stack-error", BY_SIGNATURE),
    ("generator/argument-without-its-trait", BY_USE),
    ("generator/faulty-signature", BY_THE_PARSER),
    ("generator/keyword", BY_THE_PARSER),
    ("generator/within-faulty-signature", BY_THE_PARSER),
    ("manager/exit-error-without-debug", BY_SIGNATURE),
    ("manager/exit-is-no-verdict", BY_SIGNATURE),
    ("manager/exit-is-no-verdict-with-question", BY_SIGNATURE),
    ("manager/failed-with-a-text", BY_CAST),
    ("manager/lends-no-family", BY_SIGNATURE),
    ("manager/lends-no-family-with-question", BY_SIGNATURE),
];
const BY_AWAIT: &str = "of a bound of the future, at the await and at what is awaited";
const BY_CAST: &str = "of a text that is to be a trait object: of its trait, and of its size";
const BY_PLACE: &str = "of a borrow that lasts too long, at exit and where the manager is dropped";
const BY_SIGNATURE: &str =
    "of a type that does not fit, in each signature that depends on it, and where it is entered";
const BY_USE: &str =
    "of the trait, wherever what the function returns is used: the opaque type has the same bound";
const BY_THE_PARSER: &str = "of syntax, by the compiler's parser and by the macro";
const OF_THE_IMPL: &str = "of a method that is missing, and of what stands there instead";
const OF_A_FUTURE: &str = "once for the call, and once for the future that it returns";

/// What they attack is refused in several places at once, and each line of it has to be.
const ATTACKS: &[&str] = &["private", "soundness"];

#[test]
fn one_error_a_mistake() {
    for (name, errors) in cases().unwrap() {
        let count = errors.lines().filter(|line| is_error(line)).count();
        let reason = SEVERAL.iter().find(|(case, _)| *case == name);
        match reason {
            None => assert_eq!(count, 1, "{name}: {errors}"),
            Some((_, reason)) => assert!(count > 1, "{name} is one error now, and not {reason}"),
        }
        assert!(!errors.contains("__private"), "{name}: {errors}");
    }
}

fn is_error(line: &str) -> bool {
    line.starts_with("error:") || line.starts_with("error[")
}

/// Each mistake that somebody can make, with what the compiler says of it.
fn cases() -> io::Result<Vec<(String, String)>> {
    let mut cases = Vec::new();
    for topic in entries(Path::new("ui"))? {
        let folder = topic.file_name().unwrap().to_str().unwrap();
        if !topic.is_dir() || ATTACKS.contains(&folder) {
            continue;
        }
        for file in entries(&topic)? {
            if file
                .extension()
                .is_some_and(|extension| extension == "stderr")
            {
                let name = format!("{folder}/{}", file.file_stem().unwrap().to_str().unwrap());
                cases.push((name, fs::read_to_string(&file)?));
            }
        }
    }
    assert!(cases.len() > 300, "only {} cases were found", cases.len());
    for (name, _) in SEVERAL {
        assert!(
            cases.iter().any(|(case, _)| case == name),
            "{name} is no case"
        );
    }
    Ok(cases)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect()
}
