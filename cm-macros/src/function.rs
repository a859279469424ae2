//! What `#[context_manager]` and `#[within]` have in common: the function that they stand on.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{AttrStyle, Attribute, Error, LitStr, Result, ReturnType, Signature, Token, Visibility};

use crate::groups::regrouped;
use crate::with::is_punct;

/// What is said of a `const fn`.
pub(crate) const CONST: &str = "a manager is entered at run time: take the `const` away";

/// What stands in front of the body.
pub(crate) struct Head {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
}

impl Head {
    /// `otherwise`: what is said of something that is no function.
    pub(crate) fn parse(input: ParseStream, otherwise: &str) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let ahead = input.fork();
        match ahead.parse() {
            Ok(sig) => {
                input.advance_to(&ahead);
                Ok(Self { attrs, vis, sig })
            }
            Err(error) if begins_a_function(input) => Err(error),
            Err(_) => Err(match input.parse::<TokenStream>()?.into_iter().next() {
                Some(first) => Error::new_spanned(first, otherwise),
                None => Error::new_spanned(attrs.first(), otherwise),
            }),
        }
    }

    /// Takes the attributes at the beginning of the body out of it. They are about the function, and mean the same in
    /// front of it.
    pub(crate) fn take_inner_attributes(&mut self, body: &mut TokenTree) {
        let TokenTree::Group(group) = body else {
            return;
        };
        let mut tokens = group.stream().into_iter();
        let is_next =
            |token: Option<TokenTree>, char| token.is_some_and(|token| is_punct(&token, char));
        if !(is_next(tokens.next(), '#') && is_next(tokens.next(), '!')) {
            return;
        }
        let split = |input: ParseStream| {
            let attrs = input.call(Attribute::parse_inner)?;
            Ok((attrs, input.parse::<TokenStream>()?))
        };
        let Ok((attrs, rest)) = split.parse2(group.stream()) else {
            return;
        };
        self.attrs.extend(attrs.into_iter().map(|attr| Attribute {
            style: AttrStyle::Outer,
            ..attr
        }));
        *group = regrouped(group, rest);
    }
}

/// Whether it begins as a function does, right or wrong.
fn begins_a_function(input: ParseStream) -> bool {
    let ahead = input.fork();
    while ahead.peek(Token![const])
        || ahead.peek(Token![async])
        || ahead.peek(Token![unsafe])
        || ahead.peek(Token![extern])
        || ahead.peek(LitStr)
    {
        if ahead.parse::<TokenTree>().is_err() {
            return false;
        }
    }
    ahead.peek(Token![fn])
}

/// The type that a function returns.
pub(crate) fn returned(output: &ReturnType) -> TokenStream {
    match output {
        ReturnType::Default => quote_spanned!(Span::mixed_site()=> ()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    }
}

/// Input: the generated body. Output: the same with its braces at the user's. The compiler takes a function whose last
/// token is a macro's for the macro's, and then does not warn of it (`dead_code`).
pub(crate) fn braced_at(span: Span, block: TokenStream) -> TokenStream {
    block
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
