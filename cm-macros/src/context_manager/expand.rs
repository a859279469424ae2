//! Generates the function that makes a generator.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Block, ReturnType, Signature, parse_quote_spanned};

use super::args::Args;
use super::arguments::Arguments;
use super::docs;
use super::family::family;
use super::function::Function;
use super::yields::yielder;
use crate::function::{braced_at, returned};
use crate::names::Names;
use crate::with::located_at;

/// Input: the function, its yield an await. Output: the function that makes the generator.
///
/// ```text
/// fn name(args) -> Generator<dyn for<'lent> Lend<'lent, Value = T>, impl Future<Output = X>> {
///     Generator::<dyn for<'lent> Lend<'lent, Value = T>, _>::new::<X>(
///         unsafe { <Promise>::new() },
///         |value, _| value,
///         move |mut yields| async move {
///             if false { return yields.verdict(); }
///             let _ = &arg;
///             match () { () => { .. yields.lend(value).await .. } }
///         },
///     )
/// }
/// ```
///
/// An `async fn` makes an `AsyncGenerator`, and its code begins with a handshake:
/// `let mut yields = handshake.await;`.
pub(super) fn expand(args: &Args, function: Function) -> TokenStream {
    let Function {
        attrs,
        vis,
        mut sig,
        body,
        ..
    } = function;
    let site = Span::mixed_site();
    let krate = args.krate();
    let is_async = sig.asyncness.take().is_some();
    let family = family(&krate, args.yields.as_ref(), &sig);
    let docs = docs::docs(args, is_async, &sig.output);
    let docs = docs::attribute(&docs, &attrs, &vis);
    let verdict = returned(&sig.output);
    let generator = Generator {
        args,
        is_async,
        family: &family,
        verdict: &verdict,
    };
    let body = match &body {
        None => quote_spanned!(end(&sig)=> ;),
        Some(block) => generator.made_of(&mut sig, block),
    };
    let allows = (!is_async).then(may_hold);
    let end = end(&sig);
    let end = quote_spanned!(end=> >);
    // What an impl lends and its trait does not is reported of the whole type, and so is another verdict.
    let at = match &sig.output {
        ReturnType::Default => at_lent(args),
        ReturnType::Type(..) => site,
    };
    let krate = located_at(krate, at);
    let generator = Names::of(is_async).generator(at);
    let future = quote_spanned!(site=> impl ::core::future::Future<Output = #verdict>);
    sig.output = parse_quote_spanned!(at=> -> #krate::#generator<#family, #future #end);
    quote!(#(#attrs)* #allows #docs #vis #sig #body)
}

struct Generator<'g> {
    args: &'g Args,
    is_async: bool,
    family: &'g TokenStream,
    verdict: &'g TokenStream,
}

impl Generator<'_> {
    /// Input: the function, whose patterns become names. Output: the body of the one that makes the
    /// generator.
    fn made_of(&self, sig: &mut Signature, block: &Block) -> TokenStream {
        let Self {
            args,
            is_async,
            family,
            verdict,
        } = *self;
        let site = Span::mixed_site();
        let names = Names::of(is_async);
        let krate = args.krate();
        let private = quote_spanned!(site=> #krate::__private);
        let Arguments { captures, bindings } = Arguments::of(sig, block);
        // Errors about the verdict and the family point at the return type and at `yields = ..`.
        let (lent, at) = (at_lent(args), at_verdict(args, sig));
        let private_at = located_at(private.clone(), at);
        let generator = names.generator(at);
        let covariance = quote_spanned!(lent=> |value, _| value);
        let yielder = yielder(lent);
        let given = names.given(site);
        let shake_hands =
            is_async.then(|| quote_spanned!(site=> let mut #yielder = #yielder.await;));
        let mutable = (!is_async).then(|| quote_spanned!(site=> mut));
        // SAFETY: of the generated code: `yields::rewrite` has checked what a `Promise` promises.
        let body = quote_spanned!(site=> {
            if false {
                return #private::#given::verdict(&#yielder);
            }
            #shake_hands
            #captures
            #bindings
            match () { () => #block }
        });
        // It is where the body is: of what such a block of a macro captures the compiler says no names.
        let at_body = block.brace_token.span.join();
        let body = braced_at(at_body, body);
        let body = quote_spanned!(at_body=> async move #body);
        let arguments = quote_spanned!(site=>
            unsafe { <#private::Promise>::new() },
            #covariance,
            move |#mutable #yielder| #body,
        );
        // The call too: the compiler points at it where what is lent has to live longer.
        let code = quote_spanned!(at=> {
            #private_at::#generator::<#family, _>::new::<#verdict>(#arguments)
        });
        braced_at(block.brace_token.span.join(), code)
    }
}

/// Where the user says what is lent.
fn at_lent(args: &Args) -> Span {
    let site = Span::mixed_site();
    let yields = args.yields.as_ref();
    yields.map_or(site, |yields| site.located_at(yields.span()))
}

/// Where the user says what the verdict is; without one, as for what is lent.
fn at_verdict(args: &Args, sig: &Signature) -> Span {
    match &sig.output {
        ReturnType::Default => at_lent(args),
        ReturnType::Type(_, ty) => Span::mixed_site().located_at(ty.span()),
    }
}

/// Allows the lints about guards that are held across an await. A sync generator is suspended at its yield only, and
/// no executor polls it: to hold something there is what it is for.
fn may_hold() -> TokenStream {
    quote! {
        #[allow(
            clippy::await_holding_invalid_type,
            clippy::await_holding_lock,
            clippy::await_holding_refcell_ref
        )]
    }
}

/// The span of the last token of the user's signature, for the last token of the generated one. With another span the
/// compiler takes the signature for the macro's, and points at the attribute when it warns of the function.
fn end(sig: &Signature) -> Span {
    match sig.output.to_token_stream().into_iter().last() {
        Some(TokenTree::Group(group)) => group.span_close(),
        Some(last) => last.span(),
        None => sig.paren_token.span.close(),
    }
}
