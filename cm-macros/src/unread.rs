//! Syntax that a macro cannot read.

use proc_macro2::Ident;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Error, Expr, Stmt};

use crate::with::site;

/// Input: the name of a macro, what its parser says of a body, and that as it was typed. Output: the only statement of the
/// body, which is the compiler's to read.
///
/// What does not parse here does not parse for the compiler either, with few exceptions. So the compiler gets it as it was
/// typed, and says what is wrong in its own words. The exceptions must not compile without what the macro adds: a lint
/// refuses them, which comes after all errors. Where lints are capped the constant does, which is evaluated when code is
/// generated, since the function is generic.
pub(crate) fn as_typed(name: &str, error: &Error, typed: &impl ToTokens) -> Stmt {
    let message = format!("{error}; write it in another way, or in a function of its own");
    let at = site().located_at(error.span());
    // The compiler shows this name.
    let function = Ident::new(&format!("syntax_that_{name}_cannot_read"), at);
    let guard = quote_spanned!(at=>
        {
            #[must_use = #message]
            fn #function<T>() { const { ::core::panic!("{}", #message) } }
            #[forbid(unused_must_use)]
            { #function::<()>(); }
        }
    );
    Stmt::Expr(Expr::Verbatim(quote!(#guard #typed)), None)
}
