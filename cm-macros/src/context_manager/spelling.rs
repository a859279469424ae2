//! The three spellings of a yield: `yield_!(v)`, `r#yield!(v)` and, where the compiler lets it
//! through, `yield!(v)`.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::{Error, Macro};

use crate::groups::regrouped;

pub(super) const NAME: &str = "yield_";

/// Where `yield!` stands in code that the compiler has parsed before this macro saw it.
pub(super) struct Spellings(Vec<Span>);

impl Spellings {
    /// The compiler has refused them already (E0658), unless it is a nightly one, on which its
    /// feature `yield_expr` decides.
    pub(super) fn refused_by_the_compiler(self) -> Option<Error> {
        if cfg!(nightly) || std::env::var_os("RUSTC_BOOTSTRAP").is_some() {
            return None;
        }
        let first = self.0.into_iter().next()?;
        Some(Error::new(
            first,
            "`yield` is a keyword that stable Rust keeps for itself; write `yield_!(..)`",
        ))
    }
}

/// Input: a function. Output: the same with every yield spelled `yield_!`.
pub(super) fn unify(tokens: TokenStream) -> (TokenStream, Spellings) {
    let mut spellings = Spellings(Vec::new());
    let unified = unify_in(tokens.clone(), false, &mut spellings);
    (unified.unwrap_or(tokens), spellings)
}

/// `None` if nothing changes: groups keep the places of their delimiters then.
fn unify_in(tokens: TokenStream, in_macro: bool, spellings: &mut Spellings) -> Option<TokenStream> {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut changed = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_call = is_bang(tokens.peek());
        out.push(match token {
            TokenTree::Ident(ident) if is_call && (ident == "yield" || ident == "r#yield") => {
                if ident == "yield" && !in_macro {
                    spellings.0.push(ident.span());
                }
                changed = true;
                Ident::new(NAME, ident.span()).into()
            }
            TokenTree::Group(group) => {
                let in_macro = in_macro || is_macro_call(&out);
                match unify_in(group.stream(), in_macro, spellings) {
                    Some(stream) => {
                        changed = true;
                        regrouped(&group, stream).into()
                    }
                    None => group.into(),
                }
            }
            other => other,
        });
    }
    changed.then(|| out.into_iter().collect())
}

/// Whether a group that follows holds the arguments of a macro: `name!` is in front.
fn is_macro_call(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(_), bang] if is_bang(Some(bang)))
}

fn is_bang(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
}

pub(super) fn is_yield(mac: &Macro) -> bool {
    mac.path.is_ident(NAME)
}

/// Whether there is a yield of a value somewhere in the tokens.
pub(super) fn yields_a_value(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_yield = |three: &[TokenTree]| match three {
        [TokenTree::Ident(ident), bang, TokenTree::Group(value)] => {
            let value = value.stream();
            ident == NAME && is_bang(Some(bang)) && !value.is_empty() && value.to_string() != "()"
        }
        _ => false,
    };
    tokens.windows(3).any(is_yield)
        || tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => yields_a_value(group.stream()),
            _ => false,
        })
}

/// The first yield somewhere in the tokens.
pub(super) fn find(tokens: TokenStream) -> Option<Span> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == NAME && is_bang(tokens.peek()) => {
                return Some(ident.span());
            }
            TokenTree::Group(group) => {
                if let Some(found) = find(group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}
