//! The spelling with the name in front, `with!(name = manager, { .. })`.

use proc_macro2::TokenTree;
use syn::parse::ParseStream;
use syn::{BinOp, Error, Expr, ExprBinary, Result, Stmt, Token, Type, token};

use super::items::{names_a_binding_in, new_item, pattern};
use super::model::{Item, With};
use super::parse::{BINDING_FORM, PLACE, last_body};

const NAME_IN_FRONT: &str = "without a `=>` the name comes first: `with!(name = manager, { .. })`; \
     or write `with! { manager as name => { .. } }`";
const ASYNC_BRACES: &str =
    "without a `=>` this takes braces: `with!(name = async { manager }, { .. })`";

/// The spelling that rustfmt formats: `pattern = manager, pattern = manager, body`.
pub(super) fn bindings(input: ParseStream, unread: Option<&Error>) -> Result<With> {
    let mut items = Vec::new();
    loop {
        if let Some(body) = last_body(input, unread)? {
            return Ok(With {
                passing: None,
                items,
                body,
            });
        }
        items.push(item(input)?);
        if !input.peek(Token![,]) {
            return Err(input.error("expected `,` after the manager"));
        }
        input.parse::<Token![,]>()?;
    }
}

/// `pattern = manager`, or a manager alone.
fn item(input: ParseStream) -> Result<Item> {
    if input.peek(Token![let]) {
        let message = format!("a binding takes no `let`: {BINDING_FORM}");
        return Err(input.error(message));
    }
    if input.peek(Token![=]) {
        return Err(input.error(format!("expected a name before `=`: {BINDING_FORM}")));
    }
    let pattern = if names_a_binding(input) {
        let pattern = pattern(input)?;
        input.parse::<Token![=]>()?;
        Some(pattern)
    } else {
        None
    };
    if input.peek(Token![,]) {
        return Err(input.error("expected a manager before `,`"));
    }
    let begins_an_expression = input.peek2(token::Brace)
        || input.peek2(Token![move])
        || input.peek2(Token![|])
        || input.peek2(Token![||]);
    if input.peek(Token![async]) && !begins_an_expression {
        return Err(input.error(ASYNC_BRACES));
    }
    let ahead = input.fork();
    let manager = input
        .parse::<Expr>()
        .map_err(|error| mutable_name_behind(&ahead).unwrap_or(error))?;
    if let Some(error) = binding_in(&manager, pattern.is_some()) {
        return Err(error);
    }
    if input.peek(Token![:]) {
        let message = "no type goes here; write `manager as name: Type => { .. }`";
        return Err(input.error(message));
    }
    let (is_async, manager) = in_async_braces(manager);
    Ok(new_item(is_async, manager, pattern, None))
}

/// What is wrong with a binding that the parser has taken for an expression.
fn binding_in(manager: &Expr, has_name: bool) -> Option<Error> {
    match manager {
        Expr::Assign(assign) => Some(Error::new_spanned(&assign.left, PLACE)),
        Expr::Paren(inner) if matches!(*inner.expr, Expr::Assign(_)) => {
            let message = format!("a binding takes no parentheses: {BINDING_FORM}");
            Some(Error::new_spanned(&inner.expr, message))
        }
        Expr::Binary(ExprBinary {
            left,
            op: BinOp::Eq(token),
            ..
        }) if !has_name && names_a_binding_in(left) => {
            let message = format!("a name and its manager have one `=` between: {BINDING_FORM}");
            Some(Error::new_spanned(token, message))
        }
        Expr::Cast(cast) if !has_name && is_a_name(&cast.ty) => {
            Some(Error::new(cast.as_token.span, NAME_IN_FRONT))
        }
        _ => None,
    }
}

/// The types with names like those of variables.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// Whether what stands behind an `as` is more likely a variable than a type.
pub(crate) fn is_a_name(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(name) = path.path.get_ident().map(ToString::to_string) else {
        return false;
    };
    name.starts_with(|first: char| first.is_lowercase() || first == '_')
        && !PRIMITIVES.contains(&&*name)
}

/// `manager as mut name`, which is no cast.
fn mutable_name_behind(input: ParseStream) -> Option<Error> {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.peek(Token![as]) && input.peek2(Token![mut]) {
            return Some(Error::new(input.span(), NAME_IN_FRONT));
        }
        input.parse::<TokenTree>().ok()?;
    }
    None
}

/// `async { manager }` marks an async item in this spelling: rustfmt formats only what is an
/// expression.
fn in_async_braces(manager: Expr) -> (Option<Token![async]>, Expr) {
    match manager {
        Expr::Async(mut marked) if marked.capture.is_none() => {
            if let [Stmt::Expr(_, None)] = &marked.block.stmts[..] {
                if let Some(Stmt::Expr(manager, _)) = marked.block.stmts.pop() {
                    return (Some(marked.async_token), manager);
                }
            }
            (None, Expr::Async(marked))
        }
        other => (None, other),
    }
}

pub(crate) fn names_a_binding(input: ParseStream) -> bool {
    let ahead = input.fork();
    pattern(&ahead).is_ok() && ahead.peek(Token![=]) && !ahead.peek(Token![==])
}
