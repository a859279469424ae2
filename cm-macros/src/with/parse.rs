//! From tokens to the model: which spelling it is, and the body. The headers of the two spellings are in
//! [`items`](super::items) and [`bindings`](super::bindings).

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{
    Attribute, Block, Error, Path, Result, Stmt, Token, braced, parenthesized, parse_quote, token,
};

use super::bindings::{bindings, names_a_binding};
use super::items::items;
use super::model::{Body, Mode, With};
use super::site::site;
use super::slips;
use crate::unread::as_typed;

pub(super) const FORM: &str = "`with! { manager as name => { .. } }`";
pub(super) const BINDING_FORM: &str = "`with!(name = manager, { .. })`";
/// How an error begins that is about the end of an item.
pub(crate) const NO_END: &str = "expected `,` or `=>` after the ";
pub(super) const PLACE: &str =
    "a header binds new names, it does not assign to a place; assign in the body";

/// Takes the `[$crate]` that the wrapper puts in front.
pub(crate) fn split_crate(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.into_iter();
    match tokens.next() {
        Some(TokenTree::Group(group)) if is_crate(&group) => (group.stream(), tokens.collect()),
        _ => (TokenStream::new(), TokenStream::new()),
    }
}

fn is_crate(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket && Path::parse_mod_style.parse2(group.stream()).is_ok()
}

pub(crate) fn parse(input: TokenStream) -> Result<With> {
    let mut tokens: Vec<TokenTree> = input.into_iter().collect();
    let passing = passing(&mut tokens);
    let with = match tokens.windows(2).position(is_arrow) {
        Some(arrow) => with_arrow(&tokens, arrow),
        None => without_arrow(&tokens),
    }?;
    Ok(With { passing, ..with })
}

/// The documented spelling.
fn with_arrow(tokens: &[TokenTree], arrow: usize) -> Result<With> {
    let (header, rest) = tokens.split_at(arrow);
    let (arrow, body) = rest.split_at(2);
    let expected =
        |what| Error::new_spanned(stream(arrow), format!("expected {what} `=>`: {FORM}"));
    if header.is_empty() {
        return Err(expected("a manager before"));
    }
    let items = items(header)?;
    if body.is_empty() {
        return Err(expected("a body after"));
    }
    let body = with_body(whole_body, body)?;
    Ok(With {
        passing: None,
        items,
        body,
    })
}

/// The spelling with the name in front: it ends with a comma and a body in braces. Without these either spelling may
/// have been meant.
fn without_arrow(tokens: &[TokenTree]) -> Result<With> {
    let Some(last) = tokens.last() else {
        // There is nothing to point at but the wrapper's call.
        return Err(Error::new(
            site(),
            format!("expected a manager and a body: {FORM}"),
        ));
    };
    let end = tokens.len() - usize::from(is_punct(last, ','));
    let Some(block @ TokenTree::Group(group)) = tokens[..end].last() else {
        return Err(no_body(tokens, last.span()));
    };
    if !is_block(group) {
        return Err(no_body(tokens, group.span_close()));
    }
    let modifiers = tokens[..end - 1]
        .iter()
        .rev()
        .take_while(|t| is_modifier(t));
    let start = end - 1 - modifiers.count();
    match start.checked_sub(1).map(|before| &tokens[before]) {
        None => Err(Error::new(
            block.span(),
            format!("expected a manager before the body: {FORM}"),
        )),
        Some(comma) if is_punct(comma, ',') => with_body(bindings, tokens),
        Some(before) if has_binding(tokens) && !is_punct(before, '|') => {
            let message = format!("expected `,` before the body: {BINDING_FORM}");
            Err(Error::new(tokens[start].span(), message))
        }
        Some(_) => Err(slips::for_an_arrow(&tokens[..start]).unwrap_or_else(|| {
            let message = format!("expected `=>` before the body: {FORM}");
            Error::new(tokens[start].span(), message)
        })),
    }
}

/// Braces, or a `$body:block` of a macro, which has a group without delimiters around them.
fn is_block(group: &Group) -> bool {
    match group.delimiter() {
        Delimiter::Brace => true,
        Delimiter::None => {
            let mut tokens = group.stream().into_iter();
            match (tokens.next(), tokens.next()) {
                (Some(TokenTree::Group(inner)), None) => is_block(&inner),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Takes the `@name;` that `#[context_manager]` puts in front.
fn passing(tokens: &mut Vec<TokenTree>) -> Option<Ident> {
    match &tokens[..] {
        [at, TokenTree::Ident(name), end, ..] if is_punct(at, '@') && is_punct(end, ';') => {
            let name = name.clone();
            tokens.drain(..3);
            Some(name)
        }
        _ => None,
    }
}

fn no_body(tokens: &[TokenTree], span: Span) -> Error {
    let message = if has_binding(tokens) {
        format!("expected a body in braces as the last argument: {BINDING_FORM}")
    } else {
        format!("expected `=>` and a body after the manager: {FORM}")
    };
    Error::new(span, message)
}

/// Whether this was meant to be the spelling with `name = manager`.
pub(super) fn has_binding(tokens: &[TokenTree]) -> bool {
    let probe = |input: ParseStream| {
        let has_binding = names_a_binding(input);
        input.parse::<TokenStream>()?;
        Ok(has_binding)
    };
    probe.parse2(stream(tokens)).unwrap_or(false)
}

/// Parses all of `tokens`. What is missing at their end is reported at the last one, not at the
/// whole macro call.
pub(crate) fn parse_all<T>(
    parser: impl Fn(ParseStream) -> Result<T>,
    tokens: &[TokenTree],
) -> Result<T> {
    let mut group = Group::new(Delimiter::Parenthesis, stream(tokens));
    if let Some(last) = tokens.last() {
        group.set_span(last.span());
    }
    let in_group = |input: ParseStream| {
        let content;
        parenthesized!(content in input);
        let parsed = parser(&content)?;
        if content.is_empty() {
            Ok(parsed)
        } else {
            Err(content.error("unexpected token"))
        }
    };
    in_group
        .parse2(TokenTree::Group(group).into())
        .map_err(slips::in_plain_words)
}

/// Parses all of `tokens`, which have a body. If that is what does not parse, it is what was typed.
///
/// What is left over in a group is found out behind all the rest, so the body is read again for that.
fn with_body<T>(
    parser: impl Fn(ParseStream, Option<&Error>) -> Result<T>,
    tokens: &[TokenTree],
) -> Result<T> {
    parse_all(|input| parser(input, None), tokens)
        .or_else(|error| parse_all(|input| parser(input, Some(&error)), tokens).map_err(|_| error))
}

/// The body, if it is all that is left.
pub(super) fn last_body(input: ParseStream, unread: Option<&Error>) -> Result<Option<Body>> {
    let ahead = input.fork();
    let is_last = modifiers(&ahead).is_ok()
        && ahead.peek(token::Brace)
        && ahead.parse::<TokenTree>().is_ok()
        && ahead.parse::<Option<Token![,]>>().is_ok()
        && ahead.is_empty();
    if !is_last {
        return Ok(None);
    }
    let body = body(input, unread)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(body))
}

fn whole_body(input: ParseStream, unread: Option<&Error>) -> Result<Body> {
    let body = body(input, unread)?;
    if !input.is_empty() {
        return Err(input.error(
            "expected nothing after the body; what follows the block goes after the macro",
        ));
    }
    Ok(body)
}

/// `"async"? ("try" | "catch")? block`
fn body(input: ParseStream, unread: Option<&Error>) -> Result<Body> {
    let (is_async, mut mode) = modifiers(input)?;
    if !input.peek(token::Brace) {
        let otherwise = || Error::new(input.span(), "expected a body in braces: `=> { .. }`");
        return Err(slips::for_a_body(input).unwrap_or_else(otherwise));
    }
    let before = input.fork();
    let content;
    let brace_token = braced!(content in input);
    let (attrs, stmts) = if let Some(error) = unread {
        content.parse::<TokenStream>()?;
        // Nothing is known of its leaves, for which the border of a `catch` would be in the way.
        if let Mode::Catch(_) = mode {
            mode = Mode::Plain;
        }
        let typed: TokenTree = before.parse()?;
        let attr = parse_quote!(#![allow(unused_braces)]);
        (vec![attr], vec![as_typed("with", error, &typed)])
    } else {
        statements(&content)?
    };
    Ok(Body {
        is_async,
        mode,
        attrs,
        block: Block { brace_token, stmts },
        unread: unread.cloned(),
    })
}

fn statements(input: ParseStream) -> Result<(Vec<Attribute>, Vec<Stmt>)> {
    Ok((
        input.call(Attribute::parse_inner)?,
        input.call(Block::parse_within)?,
    ))
}

fn modifiers(input: ParseStream) -> Result<(bool, Mode)> {
    let is_async = input.parse::<Option<Token![async]>>()?.is_some();
    let mode = if input.parse::<Option<Token![try]>>()?.is_some() {
        Mode::Try
    } else if input.peek(catch) && !input.peek2(Token![!]) {
        Mode::Catch(input.parse::<catch>()?.span)
    } else {
        Mode::Plain
    };
    Ok((is_async, mode))
}

syn::custom_keyword!(catch);

pub(super) fn is_arrow(pair: &[TokenTree]) -> bool {
    matches!(&pair[0], TokenTree::Punct(p) if p.as_char() == '=' && p.spacing() == Spacing::Joint)
        && is_punct(&pair[1], '>')
}

pub(crate) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

pub(super) fn is_modifier(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(i) if i == "async" || i == "try" || i == "catch")
}

pub(super) fn stream(tokens: &[TokenTree]) -> TokenStream {
    tokens.iter().cloned().collect()
}
