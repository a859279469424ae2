//! Arbitrary tokens, and mutations of tokens.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;

const IDENTS: &[&str] = &[
    "a",
    "name",
    "été",
    "m",
    "async",
    "try",
    "catch",
    "as",
    "with",
    "return",
    "break",
    "continue",
    "match",
    "let",
    "else",
    "if",
    "loop",
    "while",
    "for",
    "in",
    "await",
    "move",
    "fn",
    "struct",
    "impl",
    "mut",
    "ref",
    "self",
    "Self",
    "crate",
    "super",
    "_",
    "yields",
    "yield",
    "yield_",
    "r#yield",
    "unsafe",
    "const",
    "static",
    "dyn",
    "where",
    "Ok",
    "Err",
    "Suppress",
    "Result",
    "u32",
    "cfg",
    "box",
    "true",
    "bail",
    "println",
    "matches",
    "macro_rules",
    "catch_unwind",
    "cm_runtime",
];

/// Those of one char each, and those that belong together.
const PUNCTS: &[&str] = &[
    "=>",
    "=>",
    "?",
    "!",
    ".",
    ",",
    ";",
    ":",
    "::",
    "=",
    "==",
    "->",
    "..",
    "..=",
    "...",
    "&",
    "&&",
    "|",
    "||",
    "*",
    "+",
    "-",
    "<",
    ">",
    "<<",
    "#",
    "$",
    "@",
    "%",
    "^",
    "~",
    "/",
    "'a",
    "'done:",
    "|| {}",
    "match x {}",
    "a?",
    "return a",
    "break 'a",
    ".await",
    "as a",
    "m() as a =>",
    "=> {}",
    "yield_!()",
    "yield_!(a)",
    "with! { m() => {} }",
    "with!(a = m(), {})",
    "$crate",
];

fn leaf() -> impl Strategy<Value = Vec<TokenTree>> {
    let ident = prop::sample::select(IDENTS).prop_map(|name| {
        let ident = match name.strip_prefix("r#") {
            Some(name) => Ident::new_raw(name, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        };
        vec![TokenTree::from(ident)]
    });
    let puncts = prop::sample::select(PUNCTS).prop_map(|text| {
        let tokens = text.replace('$', "#").parse::<TokenStream>();
        tokens.expect("these are tokens").into_iter().collect()
    });
    let lone = prop::sample::select(b"=>?!.,;:&|*+-<#$@%^~/".as_slice()).prop_map(|char| {
        vec![TokenTree::from(Punct::new(
            char::from(char),
            Spacing::Joint,
        ))]
    });
    let literal = prop_oneof![
        any::<u8>().prop_map(Literal::u8_suffixed),
        any::<f32>()
            .prop_filter("tokens are finite", |float| float.is_finite())
            .prop_map(|float| Literal::f32_unsuffixed(float.abs())),
        Just(Literal::string("{a} {}")),
        Just(Literal::character('x')),
        Just(Literal::byte_string(b"x")),
    ]
    .prop_map(|literal| vec![TokenTree::from(literal)]);
    prop_oneof![4 => ident, 5 => puncts, 1 => lone, 1 => literal]
}

/// Up to a few dozen of them, in groups of all kinds.
pub(super) fn tokens() -> impl Strategy<Value = TokenStream> {
    let trees = leaf().prop_recursive(4, 48, 8, |inner| {
        let delimiter = prop::sample::select(vec![
            Delimiter::Brace,
            Delimiter::Brace,
            Delimiter::Parenthesis,
            Delimiter::Bracket,
            Delimiter::None,
        ]);
        (delimiter, vec(inner, 0..8)).prop_map(|(delimiter, inner)| {
            let stream = inner.into_iter().flatten().collect();
            vec![TokenTree::from(Group::new(delimiter, stream))]
        })
    });
    vec(trees, 0..12).prop_map(|trees| trees.into_iter().flatten().collect())
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Delete,
    Duplicate,
    /// With the next one.
    Swap,
    Replace(Vec<TokenTree>),
    Insert(Vec<TokenTree>),
    /// The content of a group in its place.
    Unwrap,
}

/// What to do with which token of all; the numbers are taken modulo how many there are.
pub(super) fn mutations() -> impl Strategy<Value = Vec<(usize, Change)>> {
    let change = prop_oneof![
        Just(Change::Delete),
        Just(Change::Duplicate),
        Just(Change::Swap),
        Just(Change::Unwrap),
        leaf().prop_map(Change::Replace),
        leaf().prop_map(Change::Insert),
    ];
    vec((any::<usize>(), change), 1..4)
}

pub(super) fn mutate(mut tokens: TokenStream, mutations: &[(usize, Change)]) -> TokenStream {
    for (at, change) in mutations {
        let count = count(tokens.clone());
        if count > 0 {
            tokens = changed(tokens, &mut Some(at % count), change);
        }
    }
    tokens
}

/// How many tokens there are, in groups too.
pub(super) fn count(tokens: TokenStream) -> usize {
    let each = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + count(group.stream()),
        _ => 1,
    });
    each.sum()
}

/// `left`: how many tokens are in front of the one that is changed; `None` behind it.
fn changed(tokens: TokenStream, left: &mut Option<usize>, change: &Change) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match left {
            Some(0) => {
                *left = None;
                match change {
                    Change::Delete => {}
                    Change::Duplicate => out.extend([token.clone(), token]),
                    Change::Swap => {
                        out.extend(tokens.next());
                        out.push(token);
                    }
                    Change::Replace(with) => out.extend(with.clone()),
                    Change::Insert(more) => {
                        out.extend(more.clone());
                        out.push(token);
                    }
                    Change::Unwrap => match token {
                        TokenTree::Group(group) => out.extend(group.stream()),
                        other => out.push(other),
                    },
                }
                continue;
            }
            Some(left) => *left -= 1,
            None => {}
        }
        out.push(match token {
            TokenTree::Group(group) => {
                let inner = changed(group.stream(), left, change);
                Group::new(group.delimiter(), inner).into()
            }
            other => other,
        });
    }
    out.into_iter().collect()
}
