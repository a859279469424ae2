//! Imports of `with!` for calls that another macro expands itself: the compiler would say that they are not needed.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Block, Path};

use crate::groups::regrouped;
use crate::with::{self, is_punct};

/// Input: a block. Output: the same, with a use of the name `with` in the body of each `with!`. The `with!` around all
/// of them expands these itself, so that the compiler would say that the user's import of the name is not needed.
pub(crate) fn names_used(block: TokenStream) -> TokenStream {
    // What does not parse keeps the places of its delimiters too, at which the compiler may have reported that.
    with_names_used(block.clone())
        .filter(|_| syn::parse2::<Block>(block.clone()).is_ok())
        .unwrap_or(block)
}

/// `None` if there is no `with!`: groups without one keep the places of their delimiters.
fn with_names_used(block: TokenStream) -> Option<TokenStream> {
    let mut found = false;
    let mut used: Vec<TokenTree> = Vec::new();
    for token in block {
        let TokenTree::Group(group) = token else {
            used.push(token);
            continue;
        };
        let changed = match called(&used) {
            Some(name) if name == "with" => name_used(&group, name),
            Some(_) => None,
            None => with_names_used(group.stream()).map(|inside| regrouped(&group, inside)),
        };
        found |= changed.is_some();
        used.push(changed.unwrap_or(group).into());
    }
    found.then(|| used.into_iter().collect())
}

/// The name of the macro whose arguments come behind these tokens, if it is called by its name alone.
fn called(before: &[TokenTree]) -> Option<&Ident> {
    match before {
        [.., colon, TokenTree::Ident(_), bang] if is_punct(bang, '!') && is_punct(colon, ':') => {
            None
        }
        [.., TokenTree::Ident(name), bang] if is_punct(bang, '!') => Some(name),
        _ => None,
    }
}

/// Input: the arguments of a `with!`. Output: the same, with a use of that name where its body begins.
fn name_used(call: &Group, name: &Ident) -> Option<Group> {
    with::parse(call.stream()).ok()?;
    let mut tokens: Vec<_> = call.stream().into_iter().collect();
    let body = tokens.iter_mut().rev().find_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    })?;
    let parts = |input: ParseStream| {
        let attrs = input.call(Attribute::parse_inner)?;
        Ok((attrs, input.parse::<TokenStream>()?))
    };
    let (attrs, rest) = parts.parse2(body.stream()).ok()?;
    let used = used(name.clone().into());
    *body = regrouped(
        body,
        quote_spanned!(Span::mixed_site()=> #(#attrs)* #used #rest),
    );
    Some(regrouped(call, tokens.into_iter().collect()))
}

/// A statement that uses the macro at `path`, where the user calls it. `None` for a path from `$crate`: what a macro
/// names so is public, and never unused.
///
/// It does not begin with a token of the user's, else the compiler would say of this import too that it is not used.
pub(crate) fn used(mut path: Path) -> Option<TokenStream> {
    let site = Span::mixed_site();
    if path.segments.first()?.ident == "$crate" {
        return None;
    }
    if let Some(colons) = &mut path.leading_colon {
        colons.spans = [site; 2];
    }
    for segment in &mut path.segments {
        let name = &mut segment.ident;
        name.set_span(site.located_at(name.span()));
    }
    Some(quote_spanned!(site=> use #path as _;))
}
