//! `#[context_manager]`: parse arguments and function, find the yield, generate the function.

mod args;
mod arguments;
mod docs;
pub(crate) mod editor;
mod errors;
mod expand;
mod family;
mod faulty;
mod function;
mod nested;
mod spelling;
mod yields;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse as _, ParseStream, Parser as _};
use syn::{Attribute, Error, Result};

use self::args::Args;
use self::errors::Errors;
use self::function::Function;
use crate::with::parse_all;
use crate::within::is_within;
use crate::{async_trait, groups};

/// Input: the arguments of the attribute, and what it stands on. Output: the function, which now
/// makes a generator; and, where something is wrong, the errors, and a function that callers can
/// still be checked against.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(behind) = behind_within(&args, &item) {
        return behind;
    }
    let (args, mut function, errors) = match read(args, item) {
        Ok(read) => read,
        Err(error) => return error.into_compile_error(),
    };
    if errors.spoil_the_body() {
        function.forget_body();
    } else if errors.are_there() || function.unread.is_some() {
        function.never_yield(&args, errors.manager_is_unknown());
    }
    let manager_is_unknown = errors.manager_is_unknown();
    match errors.into_error().map(Error::into_compile_error) {
        Some(errors) if manager_is_unknown => faulty::unknown(function, &errors),
        errors => {
            let function = expand::expand(&args, function);
            quote::quote!(#errors #function)
        }
    }
}

/// Input: as for `expand`. Output: if there is a `#[within]` further down, the function with that moved in front:
/// so it is expanded first, and is about the body that the user wrote, not the call that makes a generator.
fn behind_within(args: &TokenStream, item: &TokenStream) -> Option<TokenStream> {
    let split = |input: ParseStream| Ok((input.call(Attribute::parse_outer)?, input.parse()?));
    let (attrs, function): (_, TokenStream) = split.parse2(groups::ungroup(item.clone())).ok()?;
    let (within, others): (Vec<_>, Vec<_>) = attrs.into_iter().partition(is_within);
    if within.is_empty() {
        return None;
    }
    let krate = syn::parse2::<Args>(args.clone()).ok()?.krate();
    Some(quote::quote! {
        #(#within)*
        #[#krate::context_manager(#args)]
        #(#others)*
        #function
    })
}

/// The function with its yield rewritten; or as it was written, and what is wrong with it.
fn read(args: TokenStream, item: TokenStream) -> Result<(Args, Function, Errors)> {
    let (item, spellings) = spelling::unify(groups::ungroup(item));
    let mut function = syn::parse2::<Function>(item)?;
    let mut errors = Errors::default();
    let args: Vec<TokenTree> = args.into_iter().collect();
    let args = parse_all(Args::parse, &args).unwrap_or_else(|error| {
        errors.add_about_the_manager(error);
        Args::default()
    });
    let checked = function.check();
    let checked = checked.and_then(|()| function.check_verdict(args.yields.is_some()));
    if let Err(error) = checked {
        errors.add_about_the_manager(error);
    }
    if async_trait::has_made(&function.sig) {
        async_trait::undo(&mut function.sig);
        errors.add_spoiling(Error::new(
            function.sig.ident.span(),
            "`#[async_trait]` makes a future of this function before it is a manager: write a `fn` \
             here that returns a `BoxAsyncGenerator`, and the manager outside of the trait",
        ));
        return Ok((args, function, errors));
    }
    if function.unread.is_some() {
        return Ok((args, function, errors));
    }
    if let Some(body) = &mut function.body {
        let written = body.clone();
        errors = yields::rewrite(body, &function.sig, &args, errors);
        if errors.are_there() {
            *body = written;
        }
    }
    if let Some(error) = spellings.refused_by_the_compiler() {
        errors.add(error);
    }
    Ok((args, function, errors))
}
