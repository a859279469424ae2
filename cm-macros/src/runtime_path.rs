//! Where an attribute finds the runtime: `crate = path`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::ParseStream;
use syn::{Error, Path, Result, Token};

/// The path of the runtime, which is `::cm_runtime` if the user has given none.
pub(crate) fn krate(path: Option<&Path>) -> TokenStream {
    path.map_or_else(
        || quote_spanned!(Span::mixed_site()=> ::cm_runtime),
        ToTokens::to_token_stream,
    )
}

/// Parses `crate = path`; `input` begins with `crate`.
pub(crate) fn parse_crate(input: ParseStream) -> Result<Path> {
    input.parse::<Token![crate]>()?;
    input.parse::<Token![=]>()?;
    let path: Path = input.parse()?;
    let is_crate = |ident: &Ident| ident == "crate" || ident == "$crate";
    let is_absolute =
        path.leading_colon.is_some() || path.segments.first().is_some_and(|s| is_crate(&s.ident));
    if is_absolute {
        Ok(path)
    } else {
        let text = path.to_token_stream().to_string().replace(' ', "");
        Err(Error::new_spanned(
            path,
            format!("expected a path that is the same everywhere: `::{text}` or `crate::{text}`"),
        ))
    }
}
