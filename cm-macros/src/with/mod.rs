//! `with!`: parse the input into a model, rewrite the leaves of the body, generate the block.

mod bindings;
mod block;
mod captured;
mod catch;
mod configured;
pub(crate) mod editor;
mod expand;
mod foreign;
mod frame;
mod items;
mod jumps;
mod leave;
mod macro_call;
mod model;
mod parse;
mod place;
mod postfix;
mod private;
mod rewrite;
mod shown;
mod site;
mod slips;

use proc_macro2::TokenStream;

use self::rewrite::Rewriter;
use crate::groups;

pub(crate) use self::bindings::{is_a_name, names_a_binding};
pub(crate) use self::foreign::is_with;
pub(crate) use self::model::With;
pub(crate) use self::parse::{NO_END, is_punct, parse, parse_all};
pub(crate) use self::site::{located_at, site};

/// Input: the path of the runtime in brackets, then what the user wrote. Output: an expression.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (krate, input) = parse::split_crate(input);
    site::with_site(&krate, || match parse::parse(groups::ungroup(input)) {
        Ok(with) => Rewriter::new(&krate).with(with),
        Err(error) => error.into_compile_error(),
    })
}
