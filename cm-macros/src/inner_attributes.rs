//! Attributes inside of a function's body, at its beginning.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{AttrStyle, Attribute};

use crate::groups::regrouped;
use crate::with::is_punct;

/// Takes them out of the body. They are about the function, and mean the same in front of it.
pub(crate) fn take(body: &mut TokenTree) -> Vec<Attribute> {
    let TokenTree::Group(group) = body else {
        return Vec::new();
    };
    let mut tokens = group.stream().into_iter();
    let is_next =
        |token: Option<TokenTree>, char| token.is_some_and(|token| is_punct(&token, char));
    if !(is_next(tokens.next(), '#') && is_next(tokens.next(), '!')) {
        return Vec::new();
    }
    let split = |input: ParseStream| {
        let attrs = input.call(Attribute::parse_inner)?;
        Ok((attrs, input.parse::<TokenStream>()?))
    };
    let Ok((mut attrs, rest)) = split.parse2(group.stream()) else {
        return Vec::new();
    };
    for attr in &mut attrs {
        attr.style = AttrStyle::Outer;
    }
    *group = regrouped(group, rest);
    attrs
}
