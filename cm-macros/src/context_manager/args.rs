//! The arguments: `yields = Type`, `crate = path`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::visit_mut::{self, VisitMut};
use syn::{Error, Ident, Path, Result, Token, Type};

use super::family::check_elided;
use crate::runtime_path::{krate, parse_crate};
use crate::with::{is_a_name, located_at};

#[derive(Default)]
pub(crate) struct Args {
    /// What is lent; nothing (`()`) without it.
    pub(crate) yields: Option<Type>,
    krate: Option<Path>,
}

impl Args {
    /// For an editor, those that do not parse yet. What is lent is probably the type that they end with, behind `yields` and
    /// what stands in the place of `=`.
    pub(crate) fn guessed(tokens: &[TokenTree]) -> Self {
        let is_name =
            |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "yields");
        let name = tokens.iter().position(is_name).unwrap_or(0);
        let rests = tokens[name..].iter().enumerate().take(4);
        let yields = rests
            .filter_map(|(at, _)| syn::parse2(tokens[name + at..].iter().cloned().collect()).ok())
            .find(|ty| !is_a_name(ty) && can_be_lent(ty).is_ok());
        Self {
            yields,
            ..Self::default()
        }
    }

    /// The path of the runtime.
    pub(crate) fn krate(&self) -> TokenStream {
        krate(self.krate.as_ref())
    }

    /// The same at the span of a call that the user wrote, so that lints take the generated call for it.
    pub(crate) fn krate_at(&self, at: Span) -> TokenStream {
        if let Some(path) = &self.krate {
            located_at(path.to_token_stream(), at)
        } else {
            quote_spanned!(at=> ::cm_runtime)
        }
    }
}

impl Parse for Args {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut args = Self::default();
        while !input.is_empty() {
            if input.peek(Token![crate]) {
                let span = input.span();
                if args.krate.replace(parse_crate(input)?).is_some() {
                    return Err(Error::new(span, "`crate` is given twice"));
                }
            } else {
                let name: Ident = input.parse().map_err(|error| unknown(error.span()))?;
                if name != "yields" {
                    return Err(unknown(name.span()));
                }
                if args.yields.is_some() {
                    return Err(Error::new(
                        name.span(),
                        "`yields` is given twice: lend a tuple",
                    ));
                }
                let lent = "expected the type of what is lent: `yields = &mut File`";
                let equals = input.parse::<Token![=]>();
                equals.map_err(|error| Error::new(error.span(), lent))?;
                if input.is_empty() {
                    return Err(Error::new(name.span(), lent));
                }
                let begin = input.span();
                let ty = input
                    .parse()
                    .map_err(|_| Error::new(begin, format!("this is not a whole type; {lent}")))?;
                can_be_lent(&ty)?;
                args.yields = Some(ty);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(args)
    }
}

/// Refuses types that cannot be lent, whatever is in scope: unsized ones, `impl Trait`, `_`, and an elided lifetime behind a
/// `&mut`.
pub(super) fn can_be_lent(ty: &Type) -> Result<()> {
    struct Nameless(Option<Error>);

    impl VisitMut for Nameless {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            let message = match ty {
                Type::ImplTrait(_) => {
                    "what is lent needs a type with a name: a type parameter of the function, or a \
                     `Box<dyn Trait + '_>`"
                }
                Type::Infer(_) => "what is lent is part of the signature: write the type in full",
                _ => return visit_mut::visit_type_mut(self, ty),
            };
            let error = Error::new_spanned(&*ty, message);
            self.0.get_or_insert(error);
        }
    }

    let is_unsized = match ty {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Path(path) => path.path.is_ident("str"),
        _ => false,
    };
    if is_unsized {
        let message = "what is lent needs a size: lend a reference to this, or a `Box`";
        return Err(Error::new_spanned(ty, message));
    }
    let mut nameless = Nameless(None);
    nameless.visit_type_mut(&mut ty.clone());
    nameless.0.map_or_else(|| check_elided(ty), Err)
}

fn unknown(span: Span) -> Error {
    Error::new(
        span,
        "expected `yields = Type` (what is lent) or `crate = path` (where cm-runtime is)",
    )
}
