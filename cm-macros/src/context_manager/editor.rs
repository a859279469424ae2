//! What rust-analyzer gets in place of the real expansion, for the reasons that
//! [`with::editor`](crate::with::editor) gives: the body as it was typed, right or wrong.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse_quote_spanned;

use super::args::Args;
use super::docs::docs;
use super::family::family;
use super::function::Function;
use super::spelling::{self, NAME};
use super::{behind_within, read};
use crate::function::returned;
use crate::names::Names;
use crate::with::editor::{behind, nowhere};
use crate::with::site;

/// Input and output: as those of `expand`, with the errors at the end.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(behind) = behind_within(&args, &item) {
        return behind;
    }
    let errors = match read(args.clone(), item.clone()) {
        Ok((_, function, errors)) => errors.into_error().or(function.unread),
        Err(error) => Some(error),
    };
    let errors = errors.map(behind);
    let (item, _) = spelling::unify(item);
    let (signature, body) = split(item.clone());
    let Ok(function) = syn::parse2::<Function>(signature) else {
        return quote!(#item #errors);
    };
    // A name in place of the body: rust-analyzer puts one there if the body does not parse, which it reports itself.
    let errors = errors.filter(|_| !matches!(body, Some(TokenTree::Ident(_))));
    let args = syn::parse2(args.clone()).unwrap_or_else(|_| Args::guessed(&Vec::from_iter(args)));
    let function = write(&args, function, body.as_ref());
    quote!(#function #errors)
}

/// The function with an empty body, and its body.
fn split(item: TokenStream) -> (TokenStream, Option<TokenTree>) {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let is_body = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Ident(_) => true,
        _ => false,
    };
    let mut body = None;
    if tokens.last().is_some_and(is_body) {
        body = tokens.pop();
        tokens.push(Group::new(Delimiter::Brace, TokenStream::new()).into());
    }
    (tokens.into_iter().collect(), body)
}

/// The generator, of which only the types are right.
///
/// The yield is a macro that is in scope of the body, so it need not be looked for there.
fn write(args: &Args, function: Function, body: Option<&TokenTree>) -> TokenStream {
    let Function {
        attrs,
        vis,
        mut sig,
        ..
    } = function;
    let krate = args.krate();
    let family = family(&krate, args.yields.as_ref(), &sig);
    let is_async = sig.asyncness.take().is_some();
    let names = Names::of(is_async);
    let docs = docs(args, is_async, &sig.output);
    let verdict = returned(&sig.output);
    let (generator, yielder) = (names.generator(site()), names.yielder(site()));
    sig.output = parse_quote_spanned!(site()=>
        -> #krate::#generator<#family, impl ::core::future::Future<Output = #verdict>>
    );
    let Some(body) = body else {
        return quote!(#(#attrs)* #[doc = #docs] #vis #sig;);
    };
    let (family, verdict) = (nowhere(family), nowhere(verdict));
    let private = quote_spanned!(site()=> #krate::__private);
    let lend = quote_spanned!(site()=>
        #private::#yielder::<#family, #verdict, <#verdict as #krate::Verdict>::View>::lend
    );
    let name = Ident::new(NAME, Span::call_site());
    let nothing = args.yields.is_none().then(
        || quote_spanned!(site()=> () => { #lend(loop {}, #private::Yielded { value: () }).await };),
    );
    // The documentation stands behind the signature: its text changes with what is typed there.
    let body = quote_spanned!(site()=> {
        #![doc = #docs]
        macro_rules! #name {
            #nothing
            ($($value:tt)*) => {{
                let value: #krate::Lent<'_, #family> = $($value)*;
                #lend(loop {}, #private::Yielded { value }).await
            }};
        }
        let code = async move || -> #verdict #body;
        #private::#generator::<#family, _>::new::<#verdict>(
            // SAFETY: an editor only looks at the types; this is never run.
            unsafe { <#private::Promise>::new() },
            |value, _| value,
            move |_| code(),
        )
    });
    quote!(#(#attrs)* #vis #sig #body)
}
