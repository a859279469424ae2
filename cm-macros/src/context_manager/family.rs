//! The family of what is lent: elided lifetimes of `yields = T` are those of the block.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, ParenthesizedGenericArguments, Signature, Type, TypeBareFn, TypeReference};

/// Input: `&mut File`. Output: `dyn for<'lent> Lend<'lent, Value = &'lent mut File>`.
pub(super) fn family(krate: &TokenStream, yields: Option<&Type>, sig: &Signature) -> TokenStream {
    let site = Span::mixed_site();
    let Some(yields) = yields else {
        return quote_spanned!(site=> #krate::Owned<()>);
    };
    let lent = unused_lifetime(sig, yields);
    let mut value = yields.clone();
    Elided(lent.clone()).visit_type_mut(&mut value);
    quote_spanned!(site=> dyn for<#lent> #krate::Lend<#lent, Value = #value>)
}

/// A name that neither the function nor the type uses.
fn unused_lifetime(sig: &Signature, yields: &Type) -> Lifetime {
    let mut used = Used(Vec::new());
    used.visit_signature_mut(&mut sig.clone());
    used.visit_type_mut(&mut yields.clone());
    let mut name = String::from("lent");
    while used.0.contains(&name) {
        name.push('_');
    }
    Lifetime::new(&format!("'{name}"), Span::mixed_site())
}

struct Used(Vec<String>);

impl VisitMut for Used {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        self.0.push(lifetime.ident.to_string());
    }
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
