//! A snippet without the macro, and with it in each of its spellings.

/// How a snippet becomes the text of a module: each line of it stays the line that it is.
pub(crate) type Write = fn(&str) -> String;

/// A kind of snippets: how they are written without the macro, and how with it.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// The first one gives its differences to all that are made of it.
    pub(crate) folders: &'static [&'static str],
    /// What cannot be written so.
    pub(crate) without: &'static [&'static str],
    pub(crate) plain: Write,
    pub(crate) spellings: &'static [(&'static str, Write)],
}

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "with",
        folders: &["with"],
        without: &[],
        plain: plain_block,
        spellings: &[
            ("arrow", |s| with(s, "MANAGER as PATTERN => {")),
            ("binding", |s| with(s, "PATTERN = MANAGER, {")),
            ("nested", |s| {
                with(s, "number(), MANAGER as PATTERN, number() => {")
            }),
            ("catch", |s| with(s, "MANAGER as PATTERN => catch {")),
            ("call", |s| {
                written(&ended(s), ["with!(", ")"], "PATTERN = MANAGER, {")
            }),
        ],
    },
    Kind {
        name: "with_async",
        folders: &["with", "with_async"],
        // A closure cannot await, and a guard should not be held over an await.
        without: &["bind_instead_of_map", "lock_held", "lock_changed"],
        plain: |s| plain_async_block(&awaited(s)),
        spellings: &[
            ("arrow", |s| {
                with(&awaited(s), "async MANAGER as PATTERN => {")
            }),
            ("binding", |s| {
                with(&awaited(s), "PATTERN = async { MANAGER }, {")
            }),
            ("mixed", |s| {
                with(
                    &awaited(s),
                    "number(), async MANAGER as PATTERN, number(), async number() => {",
                )
            }),
            ("catch", |s| {
                with(&awaited(s), "async MANAGER as PATTERN => catch {")
            }),
        ],
    },
    Kind {
        name: "manager",
        folders: &["manager"],
        without: &[],
        plain: plain_manager,
        spellings: &[("attribute", manager)],
    },
    Kind {
        name: "manager_async",
        folders: &["manager", "manager_async"],
        without: &[],
        plain: |s| plain_manager(&later_outcomes(&awaited(s))),
        spellings: &[("attribute", |s| manager(&awaited(s)))],
    },
    Kind {
        name: "within",
        folders: &["within"],
        without: &[],
        plain: plain_within,
        spellings: &[("attribute", str::to_owned)],
    },
    Kind {
        name: "within_async",
        folders: &["within", "within_async"],
        // A recursive async function has to be boxed.
        without: &["recursion", "unconditional_recursion"],
        plain: |s| plain_async_within(&awaited(s)),
        spellings: &[("attribute", |s| {
            awaited(s).replace("#[within(", "#[within(async ")
        })],
    },
];

/// The functions that the macros are about, and no others, become async.
fn awaited(snippet: &str) -> String {
    let mut is_meant = !snippet.contains("#[manager(") && !snippet.contains("#[within(");
    let blocks = is_meant;
    let mut text = String::new();
    for line in snippet.lines() {
        is_meant |= line.contains("#[manager(") || line.contains("#[within(");
        let begins = line.trim_start().trim_start_matches("pub ");
        let nested = blocks && line.starts_with(' ');
        if is_meant && !nested && begins.starts_with("fn ") && !line.contains("impl Future") {
            text += &line.replacen("fn ", "async fn ", 1);
            is_meant = blocks;
        } else {
            text += line;
        }
        text.push('\n');
    }
    text
}

/// `/*with PATTERN*/ { .. } /*end*/` as a block that begins with a `let`.
fn plain_block(snippet: &str) -> String {
    blocks(snippet, "", |manager, pattern| match pattern {
        "" => "{".into(),
        _ => format!("{{ let {pattern} = {}();", lent(manager)),
    })
}

/// The same as a block that begins with an await.
fn plain_async_block(snippet: &str) -> String {
    blocks(snippet, "", |manager, pattern| match pattern {
        "" => "{ entered().await;".into(),
        _ => format!("{{ let {pattern} = later_{}().await;", lent(manager)),
    })
}

fn lent(manager: &str) -> &'static str {
    match manager {
        "numbers()" => "lent2",
        "lock()" => "lent_lock",
        _ => "lent",
    }
}

fn manager(snippet: &str) -> String {
    snippet.replace("#[manager(", "#[context_manager(")
}

fn with(snippet: &str, header: &str) -> String {
    written(snippet, ["with! { ", " }"], header)
}

/// With a semicolon behind each block that is not the end of another: a call in parentheses needs it.
fn ended(snippet: &str) -> String {
    let mut text = String::new();
    let mut lines = snippet.lines().peekable();
    while let Some(line) = lines.next() {
        text += line;
        let is_end = |next: &&str| next.trim_start().starts_with('}');
        if line.ends_with("/*end*/") && !lines.peek().is_some_and(is_end) {
            text.push(';');
        }
        text.push('\n');
    }
    text
}

fn written(snippet: &str, [begin, end]: [&str; 2], header: &str) -> String {
    blocks(snippet, end, |manager, pattern| {
        let header = header.replace("MANAGER", manager);
        let header = if pattern.is_empty() {
            header.replace(" as PATTERN", "").replace("PATTERN = ", "")
        } else {
            header.replace("PATTERN", pattern)
        };
        format!("{begin}{header}")
    })
}

fn blocks(snippet: &str, end: &str, begin: impl Fn(&str, &str) -> String) -> String {
    let mut parts = snippet.split("/*with");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (header, rest) = part.split_once("*/ {").expect("`/*with PATTERN*/ {`");
        let (manager, pattern) = if let Some(pattern) = header.strip_prefix('2') {
            ("numbers()", pattern)
        } else if let Some(pattern) = header.strip_prefix("_lock") {
            ("lock()", pattern)
        } else {
            ("number()", header)
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

/// A call that is awaited in the place of the yield. What is lent has no parentheses.
fn later_outcomes(snippet: &str) -> String {
    let mut parts = snippet.split("yield_!(");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (lent, rest) = part.split_once(')').expect("a call has an end");
        let lent = if lent.is_empty() { "()" } else { lent };
        text.extend(["later_outcome(", lent, ").await", rest]);
    }
    text
}

/// `#[within(number() as PATTERN)]` taken away, and a `let` at the begin of the function instead.
fn plain_within(snippet: &str) -> String {
    begun(snippet, "", "lent()")
}

/// The same with an await.
fn plain_async_within(snippet: &str) -> String {
    begun(snippet, " entered().await;", "later_lent().await")
}

fn begun(snippet: &str, unbound: &str, lent: &str) -> String {
    without_attribute(snippet, "#[within(", |text, header| {
        let begin = match header.split_once(" as ") {
            Some((_, pattern)) => format!(" let {pattern} = {lent};"),
            None => unbound.to_owned(),
        };
        text.replacen(" {\n", &format!(" {{{begin}\n"), 1)
    })
}

fn without_attribute(snippet: &str, attribute: &str, of: impl Fn(&str, &str) -> String) -> String {
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
