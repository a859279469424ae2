//! The snippets, and the crates that are made of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cargo::Package;
use crate::spellings::Write;

/// The lints that are on. `clippy::restriction` is not, but for some: it has lints against all that
/// is normal.
const LINTS: &str = "#![forbid(unsafe_code)]
#![warn(unused, nonstandard_style, future_incompatible, rust_2018_idioms, let_underscore)]
#![warn(unused_results, unused_qualifications, unused_lifetimes, single_use_lifetimes)]
#![warn(trivial_casts, trivial_numeric_casts, unit_bindings, unreachable_pub, missing_docs)]
#![warn(clippy::all, clippy::pedantic, clippy::nursery)]
#![warn(clippy::shadow_reuse, clippy::shadow_same, clippy::shadow_unrelated, clippy::try_err)]
#![warn(clippy::unwrap_used, clippy::panic, clippy::infinite_loop, clippy::let_underscore_must_use)]
#![warn(clippy::if_then_some_else_none, arithmetic_overflow)]
";

/// The snippets of a folder, by name. They are apart by lines with `//# name`.
pub(crate) fn snippets(folder: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder).expect("the folder of a kind") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("snippets are text");
        for part in text.split("//# ").filter(|part| !part.is_empty()) {
            let (name, snippet) = part.split_once('\n').expect("a name has a line");
            let twice = all.insert(name.to_owned(), snippet.to_owned());
            assert!(twice.is_none(), "{}: {name} is there twice", path.display());
        }
    }
    all
}

/// Writes a crate with a module for each snippet; one line is in front of it.
pub(crate) fn write_crate(
    root: &Path,
    name: &str,
    snippets: &BTreeMap<String, String>,
    write: Write,
) {
    let package = Package::new(root, name);
    let mut root = String::from(LINTS);
    root +=
        "#[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery)]\npub mod support;\n";
    for (snippet, text) in snippets {
        writeln!(root, "pub mod {snippet};").expect("a string takes all");
        let text = format!(
            "#[allow(warnings, clippy::all, clippy::pedantic)] \
             use {{cm_runtime::*, crate::support::*}};\n{}",
            write(text)
        );
        package.put(&format!("src/{snippet}.rs"), &text);
    }
    package.put("src/lib.rs", &root);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let support = fs::read_to_string(here.join("lints/support.rs")).expect("the support");
    package.put("src/support.rs", &support);
}
