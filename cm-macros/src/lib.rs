//! The procedural macros of `cm-runtime`.
use proc_macro::TokenStream;
#[proc_macro]
pub fn with(input: TokenStream) -> TokenStream { input }
