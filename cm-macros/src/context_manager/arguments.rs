//! How the arguments get into the generator.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, FnArg, Pat, PatIdent, PatType, Signature, Token, parse_quote};

/// The statements at the beginning of the generator that take the arguments in.
#[derive(Default)]
pub(super) struct Arguments {
    /// Captures all arguments, the last one first: so they are dropped in the order in which a function drops its
    /// arguments.
    pub(super) captures: TokenStream,
    /// Binds the arguments by `let`, from the first one on that has a pattern or is unused. A capture counts as
    /// a use; only the `let` lets the compiler warn of an unused argument.
    pub(super) bindings: TokenStream,
}

impl Arguments {
    /// Input: the signature, whose patterns become names, and the body.
    pub(super) fn of(sig: &mut Signature, body: &Block) -> Self {
        let mut arguments = Self::default();
        let mut captures: Vec<TokenStream> = Vec::new();
        for (at, input) in sig.inputs.iter_mut().enumerate() {
            captures.push(match input {
                FnArg::Receiver(receiver) => {
                    let name = &receiver.self_token;
                    quote_spanned!(Span::mixed_site()=> let _ = &#name;)
                }
                FnArg::Typed(argument) => arguments.capture(at, argument, body),
            });
        }
        arguments.captures = captures.into_iter().rev().collect();
        arguments
    }

    /// Replaces the pattern of an argument by a name, and adds a binding if one is needed. Output: the statement that
    /// captures the argument.
    fn capture(&mut self, at: usize, argument: &mut PatType, body: &Block) -> TokenStream {
        let site = Span::mixed_site();
        let attrs = &argument.attrs;
        let name = match &*argument.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                name.ident.clone()
            }
            // Not the name of another argument.
            _ => format_ident!("argument{at}", span = site),
        };
        // No `allow` where none is needed: it would be an error where the lint is forbidden.
        let is_underscored = name.to_string().starts_with('_');
        let capture_allows = is_underscored
            .then(|| quote_spanned!(site=> #[allow(clippy::used_underscore_binding)]));
        let is_first = self.bindings.is_empty();
        match &*argument.pat {
            Pat::Ident(plain) if plain.ident == name && is_first && is_used(&name, body) => {}
            Pat::Wild(_) if is_first => argument.pat = parse_quote!(#name),
            Pat::Ident(plain) if plain.ident == name => {
                let allows = is_underscored
                    .then(|| quote_spanned!(site=> #[allow(clippy::no_effect_underscore_binding)]));
                self.bindings.extend(quote_spanned!(site=>
                    #(#attrs)*
                    #[allow(clippy::shadow_same)]
                    #allows
                    #capture_allows
                    let #plain = #name;
                ));
                argument.pat = parse_quote!(#name);
            }
            pat => {
                // The whole argument is moved in, also the parts that the pattern does not bind.
                let mutable = mutable(pat);
                let mut matched = name.clone();
                matched.set_span(site.located_at(pat.span()));
                self.bindings.extend(quote_spanned!(site=>
                    #(#attrs)*
                    let #mutable #name = #name;
                    #(#attrs)*
                    let #pat = #matched;
                ));
                argument.pat = parse_quote!(#name);
            }
        }
        quote_spanned!(site=>
            #(#attrs)*
            #capture_allows
            let _ = &#name;
        )
    }
}

/// `mut`, if a part of the pattern borrows mutably.
fn mutable(pat: &Pat) -> Option<Token![mut]> {
    struct RefMut(Option<Token![mut]>);

    impl VisitMut for RefMut {
        fn visit_pat_ident_mut(&mut self, name: &mut PatIdent) {
            if name.by_ref.is_some() {
                self.0 = self.0.or(name.mutability);
            }
            visit_mut::visit_pat_ident_mut(self, name);
        }
    }

    let mut found = RefMut(None);
    found.visit_pat_mut(&mut pat.clone());
    found.0
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
