//! Syntax that a macro cannot read.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::Error;

use crate::with::site;

/// Input: the name of a macro, and what its parser says. Output: a statement that is an error if the compiler finds no
/// other one.
///
/// What does not parse here does not parse for the compiler either, with few exceptions. So the compiler gets it as it was
/// typed, and says what is wrong in its own words. The exceptions must not compile without what the macro adds: a lint
/// refuses them, which comes after all errors. Where lints are capped the constant does, which is evaluated when code is
/// generated, since the function is generic.
pub(crate) fn guard(name: &str, error: &Error) -> TokenStream {
    let message = format!("`{name}` cannot read this syntax: {error}");
    let name = Ident::new(name, site());
    quote_spanned!(site()=>
        {
            #[must_use = #message]
            fn #name<T>() { const { ::core::panic!("{}", #message) } }
            #[forbid(unused_must_use)]
            { #name::<()>(); }
        }
    )
}
