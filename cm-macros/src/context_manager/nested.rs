//! A `with!` around the yield.

use proc_macro2::{Ident, Span};
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Item, Macro, Stmt, parse_quote_spanned};

use super::args::Args;
use crate::with::With;

/// The name of what the yield was told, which users cannot write.
pub(super) fn passing() -> Ident {
    Ident::new("passing", Span::mixed_site())
}

/// Input: a macro call that has been read as a `with!` of the runtime's. Output: one for certain.
///
/// The memory safety of a generator rests on this: any macro can have the name, and another one
/// could put the yield into a loop or a future that it drops.
///
/// The path that the user wrote is used in the body, so that nobody warns of its import.
/// Its managers are told what passes by them.
pub(super) fn make_ours(mac: &mut Macro, mut with: With, args: &Args) {
    with.passing = Some(passing());
    let (path, at) = (&mac.path, mac.path.span());
    let krate = args.krate_at(at);
    let import = quote_spanned!(Span::mixed_site()=> use #path as _;);
    with.body
        .block
        .stmts
        .insert(0, Stmt::Item(Item::Verbatim(import)));
    mac.path = parse_quote_spanned!(at=> #krate::with);
    mac.tokens = with.into_token_stream();
}
