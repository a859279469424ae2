//! The path of the functions and types that generated code uses.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

use super::site::site;

/// The path of the runtime's `__private`, with the names of generated code.
///
/// It occurs often, so it is kept as tokens: each copy of a `TokenStream` is a call to the compiler.
#[derive(Clone)]
pub(super) struct Private(Vec<TokenTree>);

/// The tokens of `::__private`.
const MODULE: usize = 3;

impl Private {
    pub(super) fn new(krate: &TokenStream) -> Self {
        let path = quote_spanned!(site()=> #krate::__private);
        Self(path.into_iter().collect())
    }

    /// The path of the runtime itself: for `pin!`, since messages show the path of a macro.
    pub(super) fn krate(&self) -> TokenStream {
        self.0[..self.0.len() - MODULE].iter().cloned().collect()
    }

    /// The same path at `span`, for code that stands for what the user wrote there: errors in it point there.
    pub(super) fn at(&self, span: Span) -> Self {
        let at = site().located_at(span);
        let mut path = self.clone();
        for token in &mut path.0 {
            token.set_span(at);
        }
        path
    }
}

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}
