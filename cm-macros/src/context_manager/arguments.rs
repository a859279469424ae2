//! How the arguments get into the generator.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Block, FnArg, Pat, Signature, parse_quote};

/// They are captured, in the reverse of their order, so that they are dropped as those of a function
/// are.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) captures: TokenStream,
    /// From the first argument on that has a pattern or is unused, they are bound inside: a
    /// binding warns of what is unused, a capture is a use.
    pub(crate) bindings: TokenStream,
}

impl Arguments {
    /// Input: the signature, whose patterns become names, and the body.
    pub(crate) fn of(sig: &mut Signature, body: &Block) -> Self {
        let mut captures: Vec<TokenStream> = Vec::new();
        let mut bindings = TokenStream::new();
        let site = Span::mixed_site();
        for (at, input) in sig.inputs.iter_mut().enumerate() {
            let argument = match input {
                FnArg::Receiver(receiver) => {
                    let name = &receiver.self_token;
                    captures.push(quote_spanned!(site=> let _ = &#name;));
                    continue;
                }
                FnArg::Typed(argument) => argument,
            };
            let attrs = &argument.attrs;
            let name = match &*argument.pat {
                Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                    name.ident.clone()
                }
                _ => format_ident!("argument{at}"),
            };
            // No `allow` where none is needed: it would be an error where the lint is forbidden.
            let is_underscored = name.to_string().starts_with('_');
            let capture_allows = is_underscored
                .then(|| quote_spanned!(site=> #[allow(clippy::used_underscore_binding)]));
            match &*argument.pat {
                Pat::Ident(plain)
                    if plain.ident == name && bindings.is_empty() && is_used(&name, body) => {}
                Pat::Wild(_) if bindings.is_empty() => argument.pat = parse_quote!(#name),
                Pat::Ident(plain) if plain.ident == name => {
                    let allows = is_underscored.then(
                        || quote_spanned!(site=> #[allow(clippy::no_effect_underscore_binding)]),
                    );
                    bindings.extend(quote_spanned!(site=>
                        #(#attrs)*
                        #[allow(clippy::shadow_same)]
                        #allows
                        #capture_allows
                        let #plain = #name;
                    ));
                    argument.pat = parse_quote!(#name);
                }
                pat => {
                    // What the pattern leaves out is captured as well.
                    bindings.extend(quote_spanned!(site=>
                        #(#attrs)*
                        let #name = #name;
                        #(#attrs)*
                        let #pat = #name;
                    ));
                    argument.pat = parse_quote!(#name);
                }
            }
            captures.push(quote_spanned!(site=>
                #(#attrs)*
                #capture_allows
                let _ = &#name;
            ));
        }
        let captures = captures.into_iter().rev().collect();
        Self { captures, bindings }
    }
}

/// Whether the body may name the argument. What begins with `_` need not be used.
fn is_used(name: &Ident, body: &Block) -> bool {
    let name = name.unraw().to_string();
    name.starts_with('_') || names(body.to_token_stream(), &name)
}

fn names(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident.unraw() == name,
        TokenTree::Group(group) => names(group.stream(), name),
        // A format string can name it.
        TokenTree::Literal(literal) => literal.to_string().contains(name),
        TokenTree::Punct(_) => false,
    })
}
