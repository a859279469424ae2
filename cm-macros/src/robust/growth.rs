//! The output grows as the input does: with the length of a body, and with how deep blocks are
//! nested.

use std::fmt::Write as _;

use super::arbitrary::count;
use super::{parse, with};

/// `n` managers, each in the body of the one around it, as blocks and as items of one header.
fn nested(n: usize, innermost: &str) -> (String, String) {
    let mut blocks = String::from(innermost);
    let mut items = String::new();
    for at in 0..n {
        blocks = format!("with! {{ m{at}() as x{at} => {{ {blocks} }} }}");
        write!(items, "m{at}() as x{at},").expect("a string takes all");
    }
    (
        format!("m() => {{ {blocks} }}"),
        format!("{items} => {{ {innermost} }}"),
    )
}

/// A body of `n` lines, of the kinds that generated code does not multiply with.
fn lines(n: usize) -> String {
    let mut body = String::from("m() as x => {");
    for at in 0..n {
        let line = match at % 8 {
            0 => "let a = f(x, 1);",
            1 => "if a == 2 { return a; }",
            2 => "println!(\"{} {a}\", x + 1);",
            3 => "for b in c { if b { continue; } d(b); }",
            4 => "match e { 1 => return 2, _ => {} }",
            5 => "let g = |h| { i(h)?; Some(1) };",
            6 => "j.k(|l| l + 1).m(n![1, 2]);",
            _ => "vec![x; 3].sort();",
        };
        body += line;
        body.push('\n');
    }
    body.push('}');
    body
}

fn output(input: &str) -> usize {
    count(with(parse(input)))
}

/// At most as much as what it doubles, and a little.
fn is_linear(what: &str, half: usize, whole: usize) {
    let is = whole * 10 <= half * 23;
    assert!(is, "{what}: {half} tokens became {whole}");
}

#[test]
fn with_the_depth() {
    for innermost in [
        "f(x0)",
        "f(x0)?",
        "return f(x0)",
        "g!(return f(x0)?)",
        "f().await",
    ] {
        let half = nested(32, innermost);
        let whole = nested(64, innermost);
        is_linear(innermost, output(&half.0), output(&whole.0));
        is_linear(innermost, output(&half.1), output(&whole.1));
    }
}

#[test]
fn with_the_length() {
    is_linear("lines", output(&lines(5_000)), output(&lines(10_000)));
}

/// Each `?` is a label around those before it: so they are groups in groups, which `count` goes
/// down into.
#[test]
fn with_the_leaves() {
    for line in [
        "f(x)?;",
        "if x { return f(x)?; }",
        "for y in x { if y { continue; } f(y)?; }",
    ] {
        let body = |n| format!("m() as x => {{ {} }}", line.repeat(n));
        let count = move |n| {
            let thread = std::thread::Builder::new().stack_size(1 << 30);
            let run = thread.spawn(move || output(&body(n))).expect("a thread");
            run.join().expect("it does not panic")
        };
        is_linear(line, count(500), count(1_000));
    }
}
