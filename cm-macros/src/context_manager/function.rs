//! The function that the attribute stands on: free, associated, a method, or declared in a trait.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Block, Error, GenericArgument, PathArguments, PathSegment, Result, ReturnType,
    Signature, Token, Type, Visibility, token,
};

use super::spelling::yields_a_value;
use crate::function::{CONST, Head};
use crate::unread::as_typed;

pub(super) struct Function {
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) sig: Signature,
    /// `None` for one that a trait only declares.
    pub(super) body: Option<Block>,
    /// Why the body does not parse. It is then [what was typed](as_typed).
    pub(super) unread: Option<Error>,
}

impl Parse for Function {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut head = Head::parse(
            input,
            "`#[context_manager]` goes on a function with a `yield_!`",
        )?;
        let mut unread = None;
        let body = if input.peek(token::Brace) {
            let mut body: TokenTree = input.parse()?;
            head.take_inner_attributes(&mut body);
            let parsed = syn::parse2(body.clone().into());
            Some(parsed.unwrap_or_else(|error| {
                let typed = as_typed("context_manager", &error, &body);
                unread = Some(error);
                Block {
                    brace_token: token::Brace(body.span()),
                    stmts: vec![typed],
                }
            }))
        } else {
            input.parse::<Token![;]>()?;
            None
        };
        let Head { attrs, vis, sig } = head;
        Ok(Self {
            attrs,
            vis,
            sig,
            body,
            unread,
        })
    }
}

impl Function {
    /// Refuses functions that cannot be managers.
    pub(super) fn check(&self) -> Result<()> {
        let sig = &self.sig;
        if let Some(token) = &sig.constness {
            return refuse(token, CONST);
        }
        if let Some(token) = &sig.unsafety {
            let message = "calling the function runs nothing yet, so there is nothing to promise at \
                           the call: take the `unsafe` away";
            return refuse(token, message);
        }
        if let Some(abi) = &sig.abi {
            return refuse(
                abi,
                "a manager is made for Rust's own calls: take the `extern` away",
            );
        }
        if let Some(dots) = &sig.variadic {
            return refuse(dots, "a manager cannot take a variable number of arguments");
        }
        Ok(())
    }

    /// Refuses a return type that is no verdict. If there is no `yields`, that of a value which is yielded may stand there, as
    /// in Python.
    pub(super) fn check_verdict(&self, has_yields: bool) -> Result<()> {
        let yields_a_value = |body: &Block| yields_a_value(body.to_token_stream());
        let is_doubtful = !has_yields && self.body.as_ref().is_some_and(yields_a_value);
        let Some(ty) = no_verdict(&self.sig.output, is_doubtful) else {
            return Ok(());
        };
        refuse(
            ty,
            "the return type says what exit can do: `()`, `Result<(), E>`, `Suppress` or \
             `Result<Suppress, E>`; what is lent goes into `yields = ..`",
        )
    }
}

fn refuse(tokens: &dyn ToTokens, message: &str) -> Result<()> {
    Err(Error::new_spanned(tokens.to_token_stream(), message))
}

/// Types that are no verdict, whatever is in scope.
const NO_VERDICTS: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "str", "String", "Option", "Vec", "Box", "Self",
];

/// The part of the return type that is no verdict's: all of it, or the `T` of a `Result<T, E>`. `is_doubtful`: so are
/// types of which that is not known.
fn no_verdict(output: &ReturnType, is_doubtful: bool) -> Option<&Type> {
    let ReturnType::Type(_, ty) = output else {
        return None;
    };
    let is_refused = |ty: &Type| is_no_verdict(ty) || is_doubtful && !is_verdict(ty);
    if is_refused(ty) {
        return Some(ty);
    }
    value(ty).filter(|value| is_refused(value))
}

/// Whether it could be a verdict, or the `T` of one that is a `Result<T, E>`.
fn is_verdict(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|last| {
                let name = last.ident.to_string();
                name.ends_with("Result") || name == "Suppress"
            })
        }
        Type::Tuple(tuple) => tuple.elems.is_empty(),
        _ => false,
    }
}

/// The `T` of `Result<T, E>`, `io::Result<T>`, `anyhow::Result<T>`. Of other aliases it could be the error.
fn value(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let is_known = |segment: &PathSegment| segment.ident == "io" || segment.ident == "anyhow";
    let is_known = path.path.segments.iter().any(is_known);
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let has_error = arguments.args.len() == 2;
    match arguments.args.first() {
        Some(GenericArgument::Type(value)) if last.ident == "Result" && (has_error || is_known) => {
            Some(value)
        }
        _ => None,
    }
}

fn is_no_verdict(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.is_some_and(|last| NO_VERDICTS.iter().any(|name| last.ident == name))
        }
        Type::Tuple(tuple) => !tuple.elems.is_empty(),
        Type::ImplTrait(_)
        | Type::Never(_)
        | Type::Reference(_)
        | Type::Slice(_)
        | Type::Array(_)
        | Type::BareFn(_)
        | Type::TraitObject(_)
        | Type::Ptr(_) => true,
        _ => false,
    }
}
