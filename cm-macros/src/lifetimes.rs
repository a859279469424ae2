//! Lifetimes that `macro_rules!` hands in.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Takes the groups without delimiters away that are around lifetimes: a `$label:lifetime` arrives
/// in one, which syn takes for an expression.
pub(crate) fn ungroup(tokens: TokenStream) -> TokenStream {
    ungrouped(&tokens).unwrap_or(tokens)
}

/// `None`: there are none. Then the tokens stay as they are, since a group that is made anew does
/// not know where its delimiters stood.
fn ungrouped(tokens: &TokenStream) -> Option<TokenStream> {
    let mut changed = false;
    let mut out = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) if is_lifetime(&group) => {
                changed = true;
                out.extend(group.stream());
            }
            TokenTree::Group(group) => match ungrouped(&group.stream()) {
                Some(inner) => {
                    changed = true;
                    let mut outer = Group::new(group.delimiter(), inner);
                    outer.set_span(group.span());
                    out.push(outer.into());
                }
                None => out.push(group.into()),
            },
            other => out.push(other),
        }
    }
    changed.then(|| out.into_iter().collect())
}

fn is_lifetime(group: &Group) -> bool {
    // Its tokens are asked for only then: each stream comes from the compiler.
    group.delimiter() == Delimiter::None && {
        let mut tokens = group.stream().into_iter();
        let tokens = (tokens.next(), tokens.next(), tokens.next());
        matches!(tokens, (Some(TokenTree::Punct(tick)), Some(TokenTree::Ident(_)), None)
            if tick.as_char() == '\'')
    }
}
