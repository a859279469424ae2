//! What is left of a function with errors.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Item, ReturnType, Stmt, Type, parse_quote_spanned};

use super::args::{Args, can_be_lent};
use super::function::Function;
use super::spelling::NAME;
use crate::function::returned;

impl Function {
    /// Leaves of a function with errors what its callers can still be checked against.
    pub(super) fn forget_body(&mut self) {
        if let Some(body) = &mut self.body {
            *body = syn::parse_quote!({ loop {} });
        }
        self.allow_all();
    }

    /// Of a function with errors, leaves the body as it was written, with a macro in it for its yields, which never
    /// return. So the imports that the body needs count as used, and the compiler reports what else is wrong in it.
    ///
    /// If the manager is not known, the outcome of a yield is the one that knows most. Else what a lent reference leads to
    /// can have its type from there, as a `vec![]` can. (Other values would be moved, which a closure may not do.)
    pub(super) fn never_yield(&mut self, args: &Args, manager_is_unknown: bool) {
        let krate = args.krate();
        let verdict = if manager_is_unknown {
            quote!(#krate::Suppress)
        } else {
            returned(&self.sig.output)
        };
        let name = Ident::new(NAME, Span::call_site());
        if let Some(body) = &mut self.body {
            let site = Span::mixed_site();
            let value = match &args.yields {
                Some(lent @ Type::Reference(_)) if !manager_is_unknown => {
                    quote_spanned!(site=> let _: #lent = ($($value)+);)
                }
                _ => quote_spanned!(site=> let _ = &($($value)+);),
            };
            let yields = quote_spanned!(site=>
                macro_rules! #name {
                    () => {{
                        let told: #krate::Outcome<'_, <#verdict as #krate::Verdict>::View> = loop {};
                        told
                    }};
                    ($($value:tt)+) => {{
                        #value
                        #name!()
                    }};
                }
            );
            body.stmts.insert(0, Stmt::Item(Item::Verbatim(yields)));
        }
        self.allow_all();
    }

    /// Silences warnings of what is left.
    fn allow_all(&mut self) {
        self.attrs
            .push(syn::parse_quote!(#[allow(unused, clippy::all, clippy::pedantic)]));
    }
}

/// Input: a function of which it is not known what manager it makes, because of `errors`. Output: the same, with an array
/// in the place of the manager whose length is these errors. Of such a type the compiler says nothing more: not what
/// callers do with it, and not of what the body returns.
pub(super) fn unknown(function: Function, errors: &TokenStream) -> TokenStream {
    let Function {
        attrs,
        vis,
        mut sig,
        body,
        ..
    } = function;
    let site = Span::mixed_site();
    let output = parse_quote_spanned!(site=> -> [(); { #errors 0 }]);
    // So that what the type needs is not reported as unused.
    let used = match std::mem::replace(&mut sig.output, output) {
        ReturnType::Type(_, ty) if !matches!(*ty, Type::Never(_)) && can_be_lent(&ty).is_ok() => {
            Some(quote_spanned!(site=> let _: *const #ty;))
        }
        _ => None,
    };
    let is_async = sig.asyncness.take().is_some();
    let moved = is_async.then(|| quote_spanned!(site=> async move));
    let body = match body {
        None => quote_spanned!(site=> ;),
        Some(body) => quote_spanned!(site=> { #used #moved #body }),
    };
    (sig.constness, sig.unsafety) = (None, None);
    (sig.abi, sig.variadic) = (None, None);
    quote!(#(#attrs)* #vis #sig #body)
}
