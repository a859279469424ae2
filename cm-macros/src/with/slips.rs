//! Messages for common mistakes in headers and bodies that the parser takes for something else.

use proc_macro2::{Delimiter, Span, TokenTree};
use syn::parse::ParseStream;
use syn::{BinOp, Error, Expr, Token, token};

use super::bindings::is_a_name;
use super::parse::{FORM, is_punct};

const PARENTHESES: &str = "managers stand in the header without parentheses around them: \
                           `with! { a as x, b as y => { .. } }`";

/// `(a as x, b as y)`, `(a as x)?` and `a as x && b as y`: to the parser `x` and `y` are types.
pub(super) fn name_in_an_expression(manager: &Expr) -> Option<Error> {
    match manager {
        Expr::Tuple(tuple) => {
            let first = tuple.elems.iter().find_map(cast_to_a_name)?;
            Some(Error::new(first, PARENTHESES))
        }
        Expr::Binary(both) if matches!(both.op, BinOp::And(_) | BinOp::Or(_)) => {
            cast_to_a_name(&both.left)?;
            let message = "managers are separated by commas: `with! { a as x, b as y => { .. } }`";
            Some(Error::new_spanned(both.op, message))
        }
        other => {
            let message = format!("`as name` stands after all of the manager: {FORM}");
            Some(Error::new(inside(other).and_then(cast_to_a_name)?, message))
        }
    }
}

/// The `x` of `(x)`, `x?`, `x.await` and `&x`. If that is a cast, it was meant to bind a name, since
/// neither `?` nor `.await` can be applied to the value of a cast, and no manager is one.
fn inside(manager: &Expr) -> Option<&Expr> {
    match manager {
        Expr::Paren(inner) => Some(&inner.expr),
        Expr::Try(tried) => inside(&tried.expr),
        Expr::Await(awaited) => inside(&awaited.base),
        Expr::Reference(reference) => inside(&reference.expr),
        _ => None,
    }
}

fn cast_to_a_name(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Cast(cast) if is_a_name(&cast.ty) => Some(cast.as_token.span),
        _ => None,
    }
}

/// What is in front of a manager and does not belong there.
pub(super) fn in_front(tokens: &[TokenTree]) -> Option<Error> {
    if is(tokens.first(), "let") {
        let message = format!("a header takes no `let`: {FORM}");
        return Some(Error::new(tokens[0].span(), message));
    }
    if is(tokens.first(), "mut") {
        let message =
            "the name stands after the manager: `with! { manager as mut name => { .. } }`";
        return Some(Error::new(tokens[0].span(), message));
    }
    if is(tokens.first(), "await") {
        let message = "what awaits its enter and exit has an `async` before it: \
                       `with! { async manager as name => { .. } }`";
        return Some(Error::new(tokens[0].span(), message));
    }
    if let Some(TokenTree::Group(group)) = tokens.first() {
        let inside: Vec<_> = group.stream().into_iter().collect();
        let named = inside
            .windows(2)
            .position(|pair| is(pair.first(), "as") && is(pair.get(1), "mut"));
        if let (Some(at), Delimiter::Parenthesis) = (named, group.delimiter()) {
            return Some(Error::new(inside[at].span(), PARENTHESES));
        }
    }
    let moves = is(tokens.first(), "async") && is(tokens.get(1), "move");
    let begins_an_expression = match tokens.get(2) {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(next) => is_punct(next, '|'),
        None => true,
    };
    if moves && !begins_an_expression {
        let message = "`async` before a manager takes no `move`: the body is no future of its own";
        return Some(Error::new(tokens[1].span(), message));
    }
    None
}

/// The parser lists all that a type or a pattern can begin with.
pub(super) fn in_plain_words(error: Error) -> Error {
    let message = error.to_string();
    let Some((before, list)) = message.split_once("expected one of: ") else {
        return error;
    };
    let what = match list.split(", ").next() {
        Some("`for`") => "a type",
        Some("identifier") => "a pattern",
        _ => return error,
    };
    Error::new(error.span(), format!("{before}expected {what}"))
}

fn is(token: Option<&TokenTree>, name: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == name)
}

/// What stands in front of the body in the place of `=>`.
pub(super) fn for_an_arrow(before: &[TokenTree]) -> Option<Error> {
    let last = before.last()?;
    let first = match before {
        [.., dash, end] if is_punct(dash, '-') && is_punct(end, '>') => dash,
        _ if is_punct(last, ':') => last,
        _ if is_punct(last, '|') => {
            let bar = before.iter().find(|token| is_punct(token, '|'))?;
            return Some(Error::new(bar.span(), closure()));
        }
        _ => return None,
    };
    let message = format!("expected `=>` in the place of this: {FORM}");
    Some(Error::new(first.span(), message))
}

/// A closure in the place of the body.
pub(super) fn for_a_body(input: ParseStream) -> Option<Error> {
    let is_closure = input.peek(Token![|])
        || input.peek(Token![||])
        || input.peek(Token![move]) && !input.peek2(token::Brace);
    is_closure.then(|| input.error(closure()))
}

fn closure() -> String {
    format!("the body is a block and no closure; the name stands in the header: {FORM}")
}
