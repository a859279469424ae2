//! A snippet without the macro, and with it in each of its spellings.

/// How a snippet becomes the text of a module: each line of it stays the line that it is.
pub(crate) type Write = fn(&str) -> String;

/// A folder of snippets: how they are written without the macro, and how with it.
pub(crate) struct Kind {
    pub(crate) folder: &'static str,
    pub(crate) plain: Write,
    pub(crate) spellings: &'static [(&'static str, Write)],
}

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        folder: "with",
        plain: plain_block,
        spellings: &[
            ("arrow", |s| with(s, "MANAGER as PATTERN => {")),
            ("binding", |s| with(s, "PATTERN = MANAGER, {")),
            ("nested", |s| {
                with(s, "number(), MANAGER as PATTERN, number() => {")
            }),
            ("catch", |s| with(s, "MANAGER as PATTERN => catch {")),
        ],
    },
    Kind {
        folder: "manager",
        plain: plain_manager,
        spellings: &[("attribute", |s| {
            s.replace("#[manager(", "#[context_manager(")
        })],
    },
    Kind {
        folder: "within",
        plain: plain_within,
        spellings: &[("attribute", str::to_owned)],
    },
];

/// `/*with PATTERN*/ { .. } /*end*/` as a block that begins with a `let`.
fn plain_block(snippet: &str) -> String {
    blocks(snippet, "", |manager, pattern| {
        if pattern.is_empty() {
            return "{".into();
        }
        let lent = if manager == "numbers()" {
            "lent2"
        } else {
            "lent"
        };
        format!("{{ let {pattern} = {lent}();")
    })
}

fn with(snippet: &str, header: &str) -> String {
    blocks(snippet, " }", |manager, pattern| {
        let header = header.replace("MANAGER", manager);
        let header = if pattern.is_empty() {
            header.replace(" as PATTERN", "").replace("PATTERN = ", "")
        } else {
            header.replace("PATTERN", pattern)
        };
        format!("with! {{ {header}")
    })
}

fn blocks(snippet: &str, end: &str, begin: impl Fn(&str, &str) -> String) -> String {
    let mut parts = snippet.split("/*with");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (header, rest) = part.split_once("*/ {").expect("`/*with PATTERN*/ {`");
        let (manager, pattern) = match header.strip_prefix('2') {
            Some(pattern) => ("numbers()", pattern),
            None => ("number()", header),
        };
        text += &begin(manager, pattern.trim());
        text += rest;
    }
    text.replace(" /*end*/", end)
}

/// `#[manager(..)]` taken away, and a call in the place of the yield.
fn plain_manager(snippet: &str) -> String {
    without_attribute(snippet, "#[manager(", |text, _| text.to_owned())
        .replace("yield_!()", "outcome(())")
        .replace("yield_!(", "outcome(")
}

/// `#[within(number() as PATTERN)]` taken away, and a `let` at the begin of the function instead.
fn plain_within(snippet: &str) -> String {
    without_attribute(snippet, "#[within(", |text, header| {
        match header.split_once(" as ") {
            Some((_, pattern)) => {
                text.replacen(" {\n", &format!(" {{ let {pattern} = lent();\n"), 1)
            }
            None => text.to_owned(),
        }
    })
}

fn without_attribute(snippet: &str, attribute: &str, of: fn(&str, &str) -> String) -> String {
    let mut parts = snippet.split(attribute);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (arguments, rest) = part.split_once(")]").expect("an attribute has an end");
        // Something stands on its line, else clippy takes that for a mistake.
        text += "#[rustfmt::skip]";
        text += &of(rest, arguments);
    }
    text
}
