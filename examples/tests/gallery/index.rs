//! The table in `README.md` names what is there, and all of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{heading, run};

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(path).expect("it is there")
}

struct Entry {
    row: u32,
    example: String,
    functions: Vec<String>,
}

/// `| 7 | in Python | `example` | `function`, `function` | look at |`
fn entries() -> Vec<Entry> {
    let readme = read("README.md");
    let entry = |line: &str| {
        let cells: Vec<_> = line.split(" | ").collect();
        let row = cells[0].trim_start_matches("| ").parse().ok()?;
        let names = |cell: &str| {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(String::from)
                .collect()
        };
        let example: Vec<String> = names(cells[2]);
        Some(Entry {
            row,
            example: example.into_iter().next()?,
            functions: names(cells[3]),
        })
    };
    readme.lines().filter_map(entry).collect()
}

#[test]
fn the_functions_are_there() {
    for Entry {
        row,
        example,
        functions,
    } in entries()
    {
        let source = read(&format!("{example}.rs"));
        assert!(!functions.is_empty(), "row {row}");
        for function in functions {
            let starts = [format!("fn {function}("), format!("fn {function}<")];
            let is_there = starts.iter().any(|start| source.contains(start));
            assert!(is_there, "row {row}: {example} has no {function}");
        }
        assert!(source.contains(&format!("/// Row {row}: ")), "row {row}");
    }
}

#[test]
fn all_that_the_examples_show_is_listed() {
    let listed = entries()
        .into_iter()
        .map(|entry| (entry.example, entry.row));
    let listed: BTreeSet<_> = listed.collect();
    let examples: BTreeSet<_> = listed.iter().map(|(example, _)| example.clone()).collect();
    let mut shown = BTreeSet::new();
    for example in examples {
        let args: &[&str] = if example == "cost" { &["100"] } else { &[] };
        let stdout = run(&example, args).stdout;
        let rows = stdout.lines().filter_map(heading);
        shown.extend(rows.map(|row| (example.clone(), row)));
    }
    assert_eq!(shown, listed);
}
