//! The family of what is lent: elided lifetimes of `yields = T` are those of the block.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Error, Lifetime, ParenthesizedGenericArguments, Result, Signature, Type, TypeBareFn,
    TypeParamBound, TypeReference,
};

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

/// Refuses an elided lifetime behind a `&mut`. It would be the block's, and so differ from block to block; but what is
/// behind a `&mut` has one lifetime.
pub(super) fn check_elided(ty: &Type) -> Result<()> {
    let mut behind = BehindMut::default();
    behind.visit_type_mut(&mut ty.clone());
    let message = "behind a `&mut` a lifetime needs a name, that of an argument: \
                   `yields = &mut Transaction<'c>` for a `connection: &'c mut Connection`";
    behind
        .elided
        .map_or(Ok(()), |span| Err(Error::new(span, message)))
}

#[derive(Default)]
struct BehindMut {
    is_behind: bool,
    elided: Option<Span>,
}

impl BehindMut {
    fn found(&mut self, span: Span) {
        if self.is_behind {
            self.elided.get_or_insert(span);
        }
    }

    fn visit_referent(&mut self, ty: &mut Type) {
        match ty {
            Type::Paren(inner) => self.visit_referent(&mut inner.elem),
            // Its own lifetime is one that the compiler can shorten.
            Type::TraitObject(object) => {
                for bound in &mut object.bounds {
                    if let TypeParamBound::Trait(bound) = bound {
                        self.visit_trait_bound_mut(bound);
                    }
                }
            }
            _ => self.visit_type_mut(ty),
        }
    }
}

impl VisitMut for BehindMut {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        match &mut reference.lifetime {
            Some(lifetime) => self.visit_lifetime_mut(lifetime),
            None => self.found(reference.and_token.span),
        }
        let outside = self.is_behind;
        self.is_behind |= reference.mutability.is_some();
        self.visit_referent(&mut reference.elem);
        self.is_behind = outside;
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            self.found(lifetime.span());
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }
}
