//! A mistake in a header is one error, whatever the body does with the name that is bound there.
//!
//! The compiler does not know the type of that name then. It says nothing of it only if it takes the type for an
//! error, and not for one that is still open: `&x`, where a `&str` is wanted, would make a `str` of that, which no
//! variable can hold.
//!
//! There is no body here that takes the name apart by a pattern (`Some(y) = x`): of what is in it the type is open in a
//! plain block as well.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::cargo::{Package, cargo, primary};

const SUPPORT: &str = "
#![allow(warnings)]
use std::io;
use std::path::Path;
use cm_runtime::contextlib::{NullContext, nullcontext};
use cm_runtime::with;

pub fn length(text: &str) -> usize { text.len() }
pub fn sum(bytes: &[u8]) -> usize { bytes.len() }
pub fn exists(path: &Path) -> bool { path.exists() }
pub fn shortened(text: &mut String) { text.clear() }
pub fn open() -> io::Result<NullContext<String>> { Ok(nullcontext(String::new())) }
pub fn read() -> io::Result<Vec<u8>> { Ok(Vec::new()) }
pub struct Unknown { pub verdict: u8 }
";

/// Headers with one mistake.
const HEADERS: &[&str] = &[
    "opened() as x",
    "opened()? as x",
    "missing::open()? as x",
    "Opened { path: 1 } as x",
    "opened!() as x",
    "open() as x",
    "open()?.opened() as x",
    "open as x",
    "&open() as x",
    "read()? as x",
    "5 as x",
    "&opened as x",
    "String::new() as x",
    "&mut Unknown { verdict: 1 } as x",
    "nullcontext(1) as y, opened(y) as x",
    "nullcontext(1) as y, read()? as x",
    "opened() as y, y as x",
    "async opened() as x",
    "async opened()? as x",
    "async open() as x",
    "async open()? as x",
    "async opened().await? as x",
];

const BODIES: &[&str] = &[
    "length(&x);",
    "sum(&x);",
    "exists(&x);",
    "shortened(&mut x.clone());",
    "let text: &str = &x; length(text);",
    "let text = x.clone(); length(&text);",
    "drop(x);",
    "x.clear();",
    "x.name;",
    "x();",
    "*x = 1;",
    "x[0];",
    "x == 1;",
    "!x;",
    "x..=3;",
    "x as u8;",
    "let n: u8 = x;",
    "let (a, b) = x; length(&a);",
    "let n = x?; length(&n);",
    "let n = x.parse::<u8>()?;",
    "let count = || length(&x); count();",
    "let push = |c| x.push(c); push('c');",
    "let all = x.iter().map(|line| line.len()).collect::<Vec<u8>>(); sum(&all);",
    "for line in x {}",
    "for line in &x { length(line); }",
    "while x.read()? {}",
    "loop { length(&x); break; }",
    "match x { 1 => {} _ => {} }",
    "if length(&x) == 0 { return Ok(()); }",
    "println!(\"{x}\");",
    "assert_eq!(x, 1);",
    "vec![x].len();",
    "Unknown { verdict: x };",
    "with! { x as y => { length(&y); } }",
    "with! { open()? as y => { length(&x); length(&y); } }",
];

#[test]
#[rustversion::attr(
    not(stable(1.95)),
    ignore = "what the compiler says is that of Rust 1.95"
)]
fn a_mistake_in_a_header_is_one_error() {
    let mut text = SUPPORT.to_owned();
    let mut blocks = BTreeMap::new();
    for header in HEADERS {
        let is_async = if header.starts_with("async") {
            "async"
        } else {
            ""
        };
        for body in BODIES {
            let block = format!("with! {{ {header} => {{ {body} }} }}");
            let (line, n) = (text.lines().count() + 1, blocks.len());
            writeln!(
                text,
                "pub {is_async} fn block{n}() -> io::Result<()> {{ {block} Ok(()) }}"
            )
            .expect("a string takes all");
            blocks.insert(line as u64, block);
        }
    }
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("headers");
    let packages = ["headers".to_owned()];
    Package::new(&root, &packages[0]).put("src/lib.rs", &text);
    let said = cargo(&root, &packages, &["check"]);

    let mut errors: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for event in said.events.iter().map(|event| &event["message"]) {
        let Some(place) = primary(event).filter(|_| event["level"] == "error") else {
            continue;
        };
        let line = place["line_start"].as_u64().expect("a number");
        let text = event["message"].as_str().expect("a text");
        errors.entry(line).or_default().push(text);
    }
    let mut report = String::new();
    for (line, block) in blocks {
        let all = errors.remove(&line).unwrap_or_default();
        if all.len() != 1 {
            writeln!(report, "{block}: {all:?}").expect("a string takes all");
        }
    }
    assert!(errors.is_empty(), "elsewhere: {errors:?}");
    assert!(report.is_empty(), "{report}");
}
