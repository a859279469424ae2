//! Imports that only the body of a function with `#[within]` needs.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::Attribute;
use syn::parse::{ParseStream, Parser as _};

use crate::with;

/// Input: a block. Output: the same, with a use of the name `with` in the body of each `with!`. The `with!` around all
/// of them expands these itself, so that the compiler would say that the user's import of the name is not needed.
pub(crate) fn names_used(block: TokenStream) -> TokenStream {
    let mut used = TokenStream::new();
    let mut tokens = block.into_iter().peekable();
    // The name of the macro whose arguments come next.
    let mut name: Option<Ident> = None;
    let mut is_path = false;
    while let Some(token) = tokens.next() {
        let is_call = matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == '!');
        let token = match (token, name.take()) {
            (TokenTree::Group(group), None) => regrouped(&group, names_used(group.stream())).into(),
            (TokenTree::Group(call), Some(name)) if name == "with" => {
                name_used(&call, &name).into()
            }
            (TokenTree::Ident(ident), _) if is_call && !is_path => {
                name = Some(ident.clone());
                ident.into()
            }
            (TokenTree::Punct(punct), called) if punct.as_char() == '!' => {
                name = called;
                punct.into()
            }
            (token, _) => token,
        };
        is_path = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':');
        used.extend([token]);
    }
    used
}

/// Input: the arguments of a `with!`. Output: the same, with a use of that name where its body begins.
fn name_used(call: &Group, name: &Ident) -> Group {
    if with::parse(call.stream()).is_err() {
        return call.clone();
    }
    let mut tokens: Vec<_> = call.stream().into_iter().collect();
    let body = tokens.iter_mut().rev().find_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    });
    let parts = |input: ParseStream| {
        let attrs = input.call(Attribute::parse_inner)?;
        Ok((attrs, input.parse::<TokenStream>()?))
    };
    if let Some(body) = body {
        // Not quite at the user's `with`, else the compiler would say of this that it is not used.
        let at = Span::mixed_site().located_at(name.span());
        let name = Ident::new("with", at);
        if let Ok((attrs, rest)) = parts.parse2(body.stream()) {
            let used = quote_spanned!(at=> #(#attrs)* use #name as _; #rest);
            *body = regrouped(body, used);
        }
    }
    regrouped(call, tokens.into_iter().collect())
}

fn regrouped(group: &Group, tokens: TokenStream) -> Group {
    let mut regrouped = Group::new(group.delimiter(), tokens);
    regrouped.set_span(group.span());
    regrouped
}
