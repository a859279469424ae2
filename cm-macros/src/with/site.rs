//! The spans of generated code.

use std::cell::Cell;

use proc_macro2::{Span, TokenStream};

thread_local! {
    static SITE: Cell<Option<Span>> = const { Cell::new(None) };
}

/// The span of generated tokens: their names are not visible to the user's code.
///
/// It is that of the `macro_rules!` wrapper around this macro, whose names are as hygienic. So the compiler names the
/// user's `with!` where it says from which macro an error comes.
pub(crate) fn site() -> Span {
    SITE.get().unwrap_or_else(Span::mixed_site)
}

/// Takes [`site`] from the path of the runtime, which comes from the wrapper, for one expansion: in the next one the compiler
/// knows that span no longer.
pub(super) fn with_site<R>(krate: &TokenStream, expand: impl FnOnce() -> R) -> R {
    let written = krate.clone().into_iter().next();
    SITE.set(written.map(|token| token.span().located_at(Span::mixed_site())));
    let expanded = expand();
    SITE.set(None);
    expanded
}

/// The same names at `span`, for code that stands for what the user wrote there.
pub(crate) fn located_at(path: TokenStream, span: Span) -> TokenStream {
    path.into_iter()
        .map(|mut token| {
            token.set_span(token.span().located_at(span));
            token
        })
        .collect()
}
