//! The family of what is lent: elided lifetimes of `yields = T` are those of the block.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, ParenthesizedGenericArguments, Signature, Type, TypeBareFn, TypeReference};

/// Input: `&mut File`. Output: `dyn for<'lent> Lend<'lent, Value = &'lent mut File>`.
pub(crate) fn family(krate: &TokenStream, yields: Option<&Type>, sig: &Signature) -> TokenStream {
    let site = Span::mixed_site();
    let Some(yields) = yields else {
        return quote_spanned!(site=> #krate::Owned<()>);
    };
    let lent = unused_lifetime(sig);
    let mut value = yields.clone();
    Elided(lent.clone()).visit_type_mut(&mut value);
    quote_spanned!(site=> dyn for<#lent> #krate::Lend<#lent, Value = #value>)
}

/// A name that the function does not use itself.
fn unused_lifetime(sig: &Signature) -> Lifetime {
    let mut name = String::from("'lent");
    while sig
        .generics
        .lifetimes()
        .any(|param| param.lifetime.to_token_stream().to_string() == name)
    {
        name.push('_');
    }
    Lifetime::new(&name, Span::mixed_site())
}

/// Names the elided lifetimes of a type. Those of `fn(..)` and `Fn(..)` types are their own.
struct Elided(Lifetime);

impl VisitMut for Elided {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.get_or_insert_with(|| self.0.clone());
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = self.0.clone();
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }
}
