//! What rust-analyzer gets in place of the real expansion, for the reasons that
//! [`with::editor`](crate::with::editor) gives: the body as it was typed, right or wrong.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{ReturnType, parse_quote_spanned};

use super::args::Args;
use super::docs::docs;
use super::family::family;
use super::function::Function;
use super::read;
use super::spelling::{self, NAME};
use crate::with::editor::{behind, nowhere};
use crate::with::site;

/// Input and output: as those of `expand`, with the errors at the end.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let errors = match read(args.clone(), item.clone()) {
        Ok((_, _, errors)) => errors.0,
        Err(error) => Some(error),
    };
    let errors = errors.map(behind);
    let (item, _) = spelling::unify(item);
    let (signature, body) = split(item.clone());
    let function = match syn::parse2::<Function>(signature) {
        Ok(function) => {
            let args = syn::parse2(args).unwrap_or_else(|_| Args::unknown());
            write(&args, function, body)
        }
        Err(_) => item,
    };
    quote!(#function #errors)
}

/// The generator, of which only the types are right.
fn write(args: &Args, function: Function, body: TokenStream) -> TokenStream {
    let Function {
        attrs,
        vis,
        mut sig,
        body: block,
    } = function;
    let krate = args.krate();
    let family = family(&krate, args.yields.as_ref(), &sig);
    let docs = docs(args, &sig.output);
    let verdict = match &sig.output {
        ReturnType::Default => quote_spanned!(site()=> ()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    sig.output = parse_quote_spanned!(site()=>
        -> #krate::Generator<#family, impl ::core::future::Future<Output = #verdict>>
    );
    let body = block.map_or_else(
        || quote!(;),
        |_| {
            let private = quote_spanned!(site()=> #krate::__private);
            let (family, verdict) = (nowhere(family), nowhere(verdict));
            let lend = quote_spanned!(site()=>
                #private::Yielder::<#family, #verdict, <#verdict as #krate::Verdict>::View>::lend
            );
            let body = with_lends(body, args, &lend);
            quote_spanned!(site()=> {
                #private::Generator::<#family, _>::new::<#verdict>(
                    unsafe { #private::Promise::new() },
                    |value, _| value,
                    move |_| async move { #body },
                )
            })
        },
    );
    quote!(#(#attrs)* #[doc = #docs] #vis #sig #body)
}

/// The function without what is in its body, and that.
fn split(item: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let mut body = TokenStream::new();
    if let Some(TokenTree::Group(group)) = tokens.last_mut() {
        if group.delimiter() == Delimiter::Brace {
            body = group.stream();
            *group = emptied(group);
        }
    }
    (tokens.into_iter().collect(), body)
}

fn emptied(group: &Group) -> Group {
    let mut empty = Group::new(group.delimiter(), TokenStream::new());
    empty.set_span(group.span());
    empty
}

/// Every `yield_!(value)` as the await that it becomes.
fn with_lends(tokens: TokenStream, args: &Args, lend: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = &tokens[..];
    let mut written = TokenStream::new();
    while let [first, behind @ ..] = rest {
        rest = behind;
        match (first, behind) {
            (TokenTree::Ident(name), [TokenTree::Punct(bang), TokenTree::Group(value), ..])
                if name == NAME && bang.as_char() == '!' =>
            {
                let value = with_lends(value.stream(), args, lend);
                written.extend(call(lend, value, args));
                rest = &behind[2..];
            }
            (TokenTree::Group(group), _) => {
                let inside = with_lends(group.stream(), args, lend);
                let mut group = Group::new(group.delimiter(), inside);
                group.set_span(first.span());
                written.extend([TokenTree::Group(group)]);
            }
            _ => written.extend([first.clone()]),
        }
    }
    written
}

/// A call of `lend`, without the yielder, which would be a variable in scope of the body.
fn call(lend: &TokenStream, value: TokenStream, args: &Args) -> TokenStream {
    let value = if value.is_empty() && args.yields.is_none() {
        quote_spanned!(site()=> ())
    } else {
        value
    };
    quote_spanned!(site()=> #lend(loop {}, #value).await)
}
