//! Writes a generator down.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{FnArg, Pat, ReturnType, Signature, parse_quote, parse_quote_spanned};

use super::args::Args;
use super::docs::docs;
use super::family::family;
use super::function::Function;
use super::yields::yielder;
use crate::with::located_at;

/// Input: the function, its yield an await. Output: the function that makes the generator.
///
/// ```text
/// fn name(args) -> Generator<dyn for<'lent> Lend<'lent, Value = T>, impl Future<Output = X>> {
///     Generator::<dyn for<'lent> Lend<'lent, Value = T>, _>::new::<X>(
///         unsafe { Promise::new() },
///         |value, _| value,
///         move |mut yielder| async move {
///             if false { return yielder.verdict(); }
///             let _ = &arg;
///             { .. yielder.lend(value).await .. }
///         },
///     )
/// }
/// ```
pub(crate) fn expand(args: &Args, function: Function) -> TokenStream {
    let Function {
        attrs,
        vis,
        mut sig,
        body,
    } = function;
    let site = Span::mixed_site();
    let krate = args.krate();
    let family = family(&krate, args.yields.as_ref(), &sig);
    let docs = docs(args, &sig.output);
    let verdict = match &sig.output {
        ReturnType::Default => quote_spanned!(site=> ()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let body = match &body {
        None => quote!(;),
        Some(block) => {
            let private = quote_spanned!(site=> #krate::__private);
            let arguments = Arguments::of(&mut sig);
            let (captures, bindings) = (arguments.captures, arguments.bindings);
            let yielder = yielder();
            // Errors about the verdict and the family point at what the user wrote of them.
            let at = verdict.span();
            let at_verdict = located_at(private.clone(), at);
            let new = quote_spanned!(site.located_at(at)=>
                #at_verdict::Generator::<#family, _>::new::<#verdict>
            );
            let lent = args
                .yields
                .as_ref()
                .map_or(site, |yields| site.located_at(yields.span()));
            let covariance = quote_spanned!(lent=> |value, _| value);
            quote_spanned!(site=> {
                #new(
                    unsafe { #private::Promise::new() },
                    #covariance,
                    #[allow(unused_mut)]
                    move |mut #yielder| async move {
                        if false {
                            return #private::Yielder::verdict(&#yielder);
                        }
                        #captures
                        #bindings
                        #block
                    },
                )
            })
        }
    };
    sig.output = parse_quote_spanned!(site=>
        -> #krate::Generator<#family, impl ::core::future::Future<Output = #verdict>>
    );
    quote!(#(#attrs)* #[doc = #docs] #vis #sig #body)
}

/// How the arguments get into the generator: captured, in the reverse of their order, so that they
/// are dropped as those of a function are.
#[derive(Default)]
struct Arguments {
    captures: TokenStream,
    /// From the first argument with a pattern on, they are bound inside.
    bindings: TokenStream,
}

impl Arguments {
    fn of(sig: &mut Signature) -> Self {
        let mut names: Vec<TokenStream> = Vec::new();
        let mut bindings = TokenStream::new();
        for (at, input) in sig.inputs.iter_mut().enumerate() {
            let argument = match input {
                FnArg::Receiver(receiver) => {
                    names.push(receiver.self_token.to_token_stream());
                    continue;
                }
                FnArg::Typed(argument) => argument,
            };
            let name = match &*argument.pat {
                Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                    name.ident.clone()
                }
                _ => format_ident!("argument{at}"),
            };
            let site = Span::mixed_site();
            match &*argument.pat {
                Pat::Ident(plain) if plain.ident == name && bindings.is_empty() => {}
                Pat::Wild(_) if bindings.is_empty() => argument.pat = parse_quote!(#name),
                pat => {
                    bindings.extend(quote_spanned!(site=> let #name = #name; let #pat = #name;));
                    argument.pat = parse_quote!(#name);
                }
            }
            names.push(name.into_token_stream());
        }
        let names = names.iter().rev();
        Self {
            captures: quote_spanned!(Span::mixed_site()=> #(
                #[allow(clippy::used_underscore_binding)]
                let _ = &#names;
            )*),
            bindings,
        }
    }
}
