//! A `with!` around the yield.

use proc_macro2::{Ident, Span};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Macro, parse_quote_spanned};

use super::args::Args;
use crate::with::With;

/// The name of what the yield was told, which users cannot write.
pub(super) fn passing() -> Ident {
    Ident::new("passing", Span::mixed_site())
}

/// Input: the call of a macro that is named as the runtime's `with!`. Output: a call that is the runtime's for certain.
///
/// The memory safety of a generator rests on this: any macro can have the name, and another one
/// could put the yield into a loop or a future that it drops.
///
/// The managers of the block are told what the yield is told: see `Passing` in the runtime.
pub(super) fn make_ours(mac: &mut Macro, mut with: With, args: &Args) {
    with.passing = Some(passing());
    let (path, at) = (&mac.path, mac.path.span());
    let krate = args.krate_at(at);
    with.use_path(path);
    mac.path = parse_quote_spanned!(at=> #krate::with);
    mac.tokens = with.into_token_stream();
}
