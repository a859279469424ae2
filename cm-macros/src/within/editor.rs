//! What rust-analyzer gets in place of the real expansion, for the reasons that
//! [`with::editor`](crate::with::editor) gives: what was typed stays as it was, with the `with!` around the body at no
//! place of it. That `with!` reports what is wrong with the header.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Result, Token};

use super::{Header, arguments, function, further_in, is_crate, is_within, within};
use crate::groups;
use crate::runtime_path::parse_crate;

/// Input and output: as those of `expand`.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let written = headers_and_body(args, item);
    written.unwrap_or_else(|error| {
        let error = error.into_compile_error();
        quote!(#item #error)
    })
}

fn headers_and_body(args: TokenStream, item: &TokenStream) -> Result<TokenStream> {
    let mut head = function.parse2(groups::ungroup(item.clone()))?.head;
    let mut headers = vec![header(args)?];
    headers.append(&mut further_in(&mut head.attrs)?);
    let mut typed: Vec<TokenTree> = item.clone().into_iter().collect();
    let block = match typed.pop() {
        Some(body @ TokenTree::Group(_)) => body.into(),
        // A name that rust-analyzer puts there for a body whose syntax it complains of by itself.
        name => quote_spanned!(Span::mixed_site()=> { #name }),
    };
    let block = within(headers, &head.sig, block);
    while let Some(at) = typed.windows(2).position(begins_a_within) {
        typed.drain(at..at + 2);
    }
    Ok(quote!(#(#typed)* #block))
}

fn begins_a_within(pair: &[TokenTree]) -> bool {
    let attribute = Attribute::parse_outer.parse2(pair.iter().cloned().collect());
    attribute.is_ok_and(|attrs| attrs.iter().any(is_within))
}

/// The header as it was typed, right or wrong.
fn header(args: TokenStream) -> Result<Header> {
    let split = |input: ParseStream| {
        let mut path = None;
        if is_crate(input) {
            path = Some(parse_crate(input)?);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok((path, input.parse::<TokenStream>()?))
    };
    match split.parse2(args.clone()) {
        Ok(typed) if !typed.1.is_empty() => Ok(typed),
        _ => arguments.parse2(args),
    }
}
