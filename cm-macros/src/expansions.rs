//! The expansions in `expansions/`, which explain how the macros work, are those that they make.
//!
//! A file begins with the input, in a comment between two lines of three backticks; what follows is
//! the expansion, with comments. These are not compared, and stay when it is written anew:
//!
//! ```sh
//! CM_BLESS=1 cargo test -p cm-macros expansions
//! ```
//!
//! A comment then stands in front of the same line as before. Where that line is gone, the comment
//! goes to the end of the file, to be put in its place by hand.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::Parser as _;

fn parse(text: &str) -> TokenStream {
    text.parse().expect("these are tokens")
}

/// The files: their paths and texts.
fn files() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("expansions");
    let files = fs::read_dir(folder).expect("the folder is there");
    let paths = files.map(|file| file.expect("a file").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|ext| ext == "rs"));
    paths
        .map(|path| (path.clone(), fs::read_to_string(path).expect("it is text")))
        .collect()
}

/// What the comment at the begin of a file has between its backticks.
fn input(text: &str) -> String {
    let comment = text.lines().map_while(|line| line.strip_prefix("//"));
    let inside = comment.skip_while(|line| line.trim() != "```").skip(1);
    let inside = inside.take_while(|line| line.trim() != "```");
    inside.collect::<Vec<_>>().join("\n")
}

/// Expands what `input` shows.
fn expand(input: &str) -> String {
    let tokens = parse(input);
    let function = |input: syn::parse::ParseStream| {
        let attributes = input.call(syn::Attribute::parse_outer)?;
        Ok((attributes, input.parse::<TokenStream>()?))
    };
    let (attributes, rest) = function.parse2(tokens.clone()).expect("attributes parse");
    let expansion = if let Some(attribute) = attributes.first() {
        let arguments = attribute.parse_args().expect("it has arguments");
        crate::context_manager::expand(arguments, rest)
    } else {
        let call: syn::Macro = syn::parse2(tokens).expect("a call of `with!`");
        let krate = Group::new(Delimiter::Bracket, parse("cm_runtime"));
        let mut tokens = TokenStream::from(TokenTree::Group(krate));
        tokens.extend(call.tokens);
        let block = crate::with::expand(tokens);
        quote::quote!(fn expansion() { #block })
    };
    // The path is the same all over, and hides what is to be seen.
    let text = expansion.to_string();
    for path in [
        ":: cm_runtime :: __private ::",
        "cm_runtime :: __private ::",
    ] {
        if text.contains(path) {
            return pretty(&text.replace(path, "private ::"));
        }
    }
    pretty(&text)
}

fn pretty(text: &str) -> String {
    prettyplease::unparse(&syn::parse_str(text).expect("an expansion parses"))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// `new`, with the comments of `old`: each in front of the line that it is in front of there.
fn with_comments(old: &str, new: &str) -> String {
    let head = old.lines().take_while(|line| is_comment(line));
    let mut lines: Vec<String> = head.map(str::to_owned).collect();
    lines.push(String::new());
    let mut comments = Vec::new();
    let mut block = Vec::new();
    for line in old.lines().skip_while(|line| is_comment(line)) {
        if is_comment(line) {
            block.push(line.trim_start());
        } else if !block.is_empty() {
            comments.push((std::mem::take(&mut block), line.trim()));
        }
    }
    let mut gone = Vec::new();
    let mut rest = new.lines().peekable();
    for (block, anchor) in comments {
        if !rest.clone().any(|line| line.trim() == anchor) {
            gone.extend(block);
            continue;
        }
        while let Some(line) = rest.next_if(|line| line.trim() != anchor) {
            lines.push(line.to_owned());
        }
        let line = rest.peek().expect("it was found");
        let indent = &line[..line.len() - line.trim_start().len()];
        lines.extend(block.iter().map(|comment| format!("{indent}{comment}")));
    }
    let rest = rest.chain(gone).chain(block);
    lines.extend(rest.map(str::to_owned));
    lines.push(String::new());
    lines.join("\n")
}

#[test]
fn expansions() {
    let bless = std::env::var_os("CM_BLESS").is_some();
    for (path, text) in files() {
        let made = expand(&input(&text));
        if bless {
            fs::write(&path, with_comments(&text, &made)).expect("it can be written");
            continue;
        }
        assert!(
            !text.lines().last().is_some_and(is_comment),
            "{}: a comment at the end is to be put where it belongs",
            path.display()
        );
        // Comments and line breaks are not compared; nor the braces that are put around an arm.
        assert_eq!(
            pretty(&text),
            pretty(&made),
            "{} is not what the macro makes; `CM_BLESS=1` writes it anew",
            path.display()
        );
    }
}
