//! The procedural macros of `cm-runtime`, which re-exports them with their documentation.

mod with;

use proc_macro::TokenStream;

/// See `cm_runtime::with!`, which calls this with its own path in front.
#[proc_macro]
pub fn with(input: TokenStream) -> TokenStream {
    with::expand(input.into()).into()
}
