//! The header of the documented spelling: `manager as name, manager`; and what the items of both spellings have in
//! common.

use std::convert::Infallible;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Error, Expr, Pat, PatParen, Result, Token, Type, token};

use super::model::Item;
use super::parse::{NO_END, PLACE, is_punct, parse_all, stream};
use super::slips;

const NAME_AFTER: &str =
    "before a `=>` the name comes after the manager: `with! { manager as name => { .. } }`";

/// The documented spelling: `item, item => body`.
pub(super) fn items(tokens: &[TokenTree]) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let (item, end) = item(rest)?;
        items.push(item);
        rest = &rest[end..];
    }
    Ok(items)
}

/// The first item of `tokens`, and where the next one begins.
///
/// `as` is a cast as well: the item ends its expression at the first `as` that has a whole
/// expression on its left, and on its right a whole pattern up to a comma or the end.
pub(super) fn item(tokens: &[TokenTree]) -> Result<(Item, usize)> {
    if let Some(comma) = tokens.first().filter(|first| is_punct(first, ',')) {
        return Err(Error::new(comma.span(), "expected a manager before `,`"));
    }
    if let Some(error) = slips::in_front(tokens) {
        return Err(error);
    }
    let (is_async, start) = async_marker(tokens);
    let whole = |manager, pattern, ty, left| match slips::name_in_an_expression(&manager) {
        Some(error) => Err(error),
        None => Ok((
            new_item(is_async, manager, pattern, ty),
            end_of_item(tokens, left)?,
        )),
    };
    let mut first_as = None;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if !matches!(token, TokenTree::Ident(ident) if ident == "as") {
            continue;
        }
        let Ok(manager) = syn::parse2::<Expr>(stream(&tokens[start..at])) else {
            continue;
        };
        first_as.get_or_insert(at);
        if let Ok((pattern, ty, left)) = binding.parse2(stream(&tokens[at + 1..])) {
            return whole(manager, Some(pattern), ty, left);
        }
    }
    let alone = |input: ParseStream| {
        let manager = input.parse::<Expr>()?;
        Ok((manager, item_end(input)?))
    };
    match parse_all(alone, &tokens[start..]) {
        Ok((Expr::Assign(assign), _)) => Err(match first_as {
            Some(_) => Error::new(assign.eq_token.span, format!("{NO_END}pattern")),
            None if names_a_binding_in(&assign.left) => Error::new_spanned(assign.left, NAME_AFTER),
            None => Error::new_spanned(assign.left, PLACE),
        }),
        Ok((manager, left)) => whole(manager, None, None, left),
        Err(error) => Err(match first_as {
            Some(at) => bad_pattern(&tokens[at..]),
            None if start == tokens.len() => {
                Error::new(tokens[0].span(), "expected a manager after `async`")
            }
            None => error,
        }),
    }
}

/// What is wrong after an `as` with a whole expression on its left.
fn bad_pattern(tokens: &[TokenTree]) -> Error {
    let (keyword, rest) = (&tokens[0], &tokens[1..]);
    let name = "`as` takes the name, or any pattern that always matches: `manager as name`";
    if rest.first().is_none_or(|next| is_punct(next, ',')) {
        return Error::new(
            keyword.span(),
            format!("expected a pattern after this; {name}"),
        );
    }
    if is_punct(&rest[0], '*') {
        return Error::new(rest[0].span(), PLACE);
    }
    let what_follows = |input: ParseStream| -> Result<Infallible> {
        if let Err(error) = input.call(Pat::parse_single) {
            return Err(Error::new(
                error.span(),
                format!("expected a pattern; {name}"),
            ));
        }
        if input.peek(Token![.]) || input.peek(token::Bracket) {
            return Err(Error::new(rest[0].span(), PLACE));
        }
        if input.parse::<Option<Token![:]>>()?.is_none() {
            return Err(input.error(format!("{NO_END}pattern")));
        }
        if input.is_empty() || input.peek(Token![,]) {
            return Err(Error::new(input.span(), "expected a type after `:`"));
        }
        input.parse::<Type>()?;
        Err(input.error(format!("{NO_END}type")))
    };
    match parse_all(what_follows, rest) {
        Ok(never) => match never {},
        Err(error) => error,
    }
}

/// `async` in front of a manager, unless it begins an `async` block or closure.
pub(super) fn async_marker(tokens: &[TokenTree]) -> (Option<Token![async]>, usize) {
    let Some(TokenTree::Ident(ident)) = tokens.first() else {
        return (None, 0);
    };
    let own = match tokens.get(1) {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(next)) => next == "move",
        Some(TokenTree::Punct(next)) => next.as_char() == '|',
        _ => false,
    };
    if ident == "async" && !own {
        (Some(Token![async](ident.span())), 1)
    } else {
        (None, 0)
    }
}

/// `pattern (":" type)?` up to the end of an item; how many tokens are left after it.
pub(super) fn binding(input: ParseStream) -> Result<(Pat, Option<Type>, usize)> {
    let pattern = pattern(input)?;
    let ty = match input.parse::<Option<Token![:]>>()? {
        Some(_) => Some(input.parse()?),
        None => None,
    };
    Ok((pattern, ty, item_end(input)?))
}

/// A pattern, as it stands in a `let`: with parentheses around alternatives, and no `|` in front.
pub(super) fn pattern(input: ParseStream) -> Result<Pat> {
    Ok(match input.call(Pat::parse_multi_with_leading_vert)? {
        Pat::Or(alternatives) if alternatives.cases.len() == 1 => alternatives.cases[0].clone(),
        alternatives @ Pat::Or(_) => Pat::Paren(PatParen {
            attrs: Vec::new(),
            paren_token: token::Paren(alternatives.span()),
            pat: Box::new(alternatives),
        }),
        pattern => pattern,
    })
}

/// A comma or the end of the header; how many tokens are left after it.
pub(super) fn item_end(input: ParseStream) -> Result<usize> {
    if !input.is_empty() {
        if !input.peek(Token![,]) {
            return Err(input.error(format!("{NO_END}manager")));
        }
        input.parse::<Token![,]>()?;
    }
    Ok(input.parse::<TokenStream>()?.into_iter().count())
}

/// Where the item ends, behind which `left` tokens are left.
pub(super) fn end_of_item(tokens: &[TokenTree], left: usize) -> Result<usize> {
    let end = match left {
        0 => Some(tokens.len()),
        _ => end_behind(tokens, ',', left),
    };
    end.ok_or_else(|| Error::new(tokens[0].span(), format!("{NO_END}manager")))
}

/// Where what was parsed ends, with a `mark` at its end and `left` tokens behind that.
///
/// `None`: the parser goes into groups without delimiters, and has found the mark in one.
pub(super) fn end_behind(tokens: &[TokenTree], mark: char, left: usize) -> Option<usize> {
    let end = tokens.len().checked_sub(left)?;
    let last = end.checked_sub(1)?;
    is_punct(&tokens[last], mark).then_some(end)
}

pub(super) fn new_item(
    is_async: Option<Token![async]>,
    manager: Expr,
    pattern: Option<Pat>,
    ty: Option<Type>,
) -> Item {
    let (manager, question) = split_question(manager);
    Item {
        is_async,
        manager,
        question,
        pattern,
        ty,
    }
}

/// Input: what a header has for a manager. Output: what builds it, and the `?` behind that.
fn split_question(mut manager: Expr) -> (Expr, Option<Token![?]>) {
    if let Expr::Reference(_) | Expr::Unary(_) = manager {
        let question = question_behind(&mut manager);
        return (manager, question);
    }
    match manager {
        Expr::Try(tried) => match *tried.expr {
            // In `(&mut m)?` the parentheses are needed for the `?` only.
            Expr::Paren(inner) => (*inner.expr, Some(tried.question_token)),
            inner => (inner, Some(tried.question_token)),
        },
        // An `$m:expr` of a macro, which has a group without delimiters around it.
        Expr::Group(group) if matches!(*group.expr, Expr::Try(_)) => split_question(*group.expr),
        // In `(open()?)` they say that the `?` is an ordinary one; in the generated code they would be unused.
        Expr::Paren(inner) if inner.attrs.is_empty() => (*inner.expr, None),
        other => (other, None),
    }
}

/// Takes the `?` at the end of `&mut manager?`, where it applies to the whole, although syn has parsed it as that of
/// `manager`.
fn question_behind(expr: &mut Expr) -> Option<Token![?]> {
    match expr {
        Expr::Reference(reference) => question_behind(&mut reference.expr),
        Expr::Unary(unary) => question_behind(&mut unary.expr),
        Expr::Try(tried) => {
            let question = tried.question_token;
            *expr = Expr::clone(&tried.expr);
            Some(question)
        }
        _ => None,
    }
}

/// Whether the left side of an assignment could be a name, or a pattern of names.
pub(super) fn names_a_binding_in(left: &Expr) -> bool {
    match left {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Tuple(tuple) => tuple.elems.iter().all(names_a_binding_in),
        _ => false,
    }
}
