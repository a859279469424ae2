//! What rust-analyzer gets in place of the real expansion.
//!
//! It completes a name by expanding twice, as typed and with a marker at the cursor, and looks the
//! place of the marker up in the first expansion. Mostly only the second one parses. So what is
//! written in front of the cursor must not depend on whether the input parses, nor on what is
//! behind: the header is read token by token where it has to be, the body is handed on with its
//! leaves in it, and an error stands behind both.
//!
//! Nothing that is generated is at the place of a token that was typed: what is asked about that
//! token would be answered for both. Nor is a generated variable in scope of the body: it would be
//! offered as a completion.

use std::slice;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Expr, Pat, Result, Token, Type};

use super::items;
use super::parse::{self, is_punct, stream};
use super::site::site;
use crate::names::Names;

/// Input: as that of `expand`. Output: a block of the same type with the body as it was typed, and
/// the error that `expand` would report.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (krate, input) = parse::split_crate(input);
    let parsed = parse::parse(input.clone());
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let typed = Typed::of(&tokens);
    let private = quote_spanned!(site()=> #krate::__private);
    let mut block = typed.body.clone();
    if typed.is_try {
        block = as_argument(&block);
        block = quote_spanned!(site()=> #private::Ok(#block));
    }
    for item in typed.items().iter().rev() {
        block = item.enter(&private, &block);
    }
    let error = match parsed {
        Ok(with) => with.body.unread,
        Err(error) => Some(error),
    };
    let error = error.map(behind);
    quote_spanned!(site()=> if true { #block } else { #error loop {} })
}

/// The body in a block of which an editor takes it that there is more than one line in it: so it does not show the
/// signature of the generated call while the user types in the body.
fn as_argument(body: &TokenStream) -> TokenStream {
    quote_spanned!(site()=> {
        "
    ";
        #body
    })
}

/// The error as a statement. An editor shows it at the call of the macro, wherever it is.
pub(crate) fn behind(error: Error) -> TokenStream {
    nowhere(error.into_compile_error())
}

/// The same names, at no place of the input.
pub(crate) fn nowhere(tokens: TokenStream) -> TokenStream {
    let moved = |token| {
        let mut moved = match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), nowhere(group.stream())).into()
            }
            other => other,
        };
        moved.set_span(moved.span().located_at(site()));
        moved
    };
    tokens.into_iter().map(moved).collect()
}

/// The input, cut in pieces.
struct Typed<'t> {
    header: &'t [TokenTree],
    /// In the spelling `name = manager`.
    has_bindings: bool,
    is_try: bool,
    /// With its braces.
    body: TokenStream,
}

impl<'t> Typed<'t> {
    fn of(tokens: &'t [TokenTree]) -> Self {
        if let Some(arrow) = tokens.windows(2).position(parse::is_arrow) {
            let rest = &tokens[arrow + 2..];
            let modifiers = rest.iter().take_while(|t| parse::is_modifier(t)).count();
            let (modifiers, body) = rest.split_at(modifiers);
            return Self {
                header: &tokens[..arrow],
                has_bindings: false,
                is_try: modifiers.iter().any(is_try),
                body: in_braces(body),
            };
        }
        let end = tokens.len() - usize::from(tokens.last().is_some_and(|t| is_punct(t, ',')));
        let (before, body) = match tokens[..end].split_last() {
            Some((last, before)) if braced(last).is_some() => (before, slice::from_ref(last)),
            _ => (tokens, &[][..]),
        };
        let modifiers = before.iter().rev().take_while(|t| parse::is_modifier(t));
        let (header, modifiers) = before.split_at(before.len() - modifiers.count());
        Self {
            header,
            has_bindings: parse::has_binding(tokens),
            is_try: modifiers.iter().any(is_try),
            body: in_braces(body),
        }
    }

    fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut rest = self.header;
        while !rest.is_empty() {
            let (item, end) = if self.has_bindings {
                Item::bound(rest)
            } else {
                Item::named(rest)
            };
            items.push(item);
            rest = &rest[end..];
        }
        items
    }
}

fn is_try(modifier: &TokenTree) -> bool {
    matches!(modifier, TokenTree::Ident(name) if name == "try")
}

fn braced(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

/// It may be typed without its braces, or with one too many, so that some of it is behind them.
fn in_braces(body: &[TokenTree]) -> TokenStream {
    match body {
        [body] if braced(body).is_some() => body.clone().into(),
        _ => {
            let body = stream(body);
            quote_spanned!(site()=> { #body })
        }
    }
}

/// One item of a header. All of it is kept as it was typed: tokens that are parsed and printed are spaced in another way,
/// and each delimiter is at the place of all that is in it.
struct Item {
    is_async: bool,
    manager: Vec<TokenTree>,
    pattern: Option<TokenStream>,
    ty: Option<TokenStream>,
}

impl Item {
    /// `manager as pattern: type`, and where the next one begins.
    fn named(tokens: &[TokenTree]) -> (Self, usize) {
        let (_, start) = items::async_marker(tokens);
        if let Ok((item, end)) = items::item(tokens) {
            let (manager, question) = (item.manager, item.question);
            let parsed = quote_spanned!(site()=> #manager #question);
            let parsed = parsed.into_iter().count();
            let manager = tokens.iter().skip(start).take(parsed).cloned().collect();
            let after = tokens.get(start + parsed + 1..).unwrap_or_default();
            let (pattern, ty) = match item.pattern {
                Some(pattern) => bound_as(&pattern, item.ty.as_ref(), after),
                None => (None, None),
            };
            let item = Self {
                is_async: start > 0,
                manager,
                pattern,
                ty,
            };
            return (item, end);
        }
        let (typed, end) = up_to_comma(tokens);
        let typed = typed.get(start..).unwrap_or_default();
        let is_as = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "as");
        let at = typed.iter().rposition(is_as).unwrap_or(typed.len());
        let after = typed.get(at + 1..).unwrap_or_default();
        let (pattern, ty) = match items::binding.parse2(stream(after)) {
            Ok((pattern, ty, _)) => bound_as(&pattern, ty.as_ref(), after),
            Err(_) => match beginning.parse2(stream(after)) {
                Ok(pattern) => bound_as(&pattern, None, after),
                Err(_) => (None, None),
            },
        };
        let item = Self {
            is_async: start > 0,
            manager: typed[..at].to_vec(),
            pattern,
            ty,
        };
        (item, end)
    }

    /// `pattern = manager`, and where the next one begins.
    fn bound(tokens: &[TokenTree]) -> (Self, usize) {
        let bound = binding.parse2(stream(tokens)).ok();
        let (pattern, start) = bound
            .and_then(|(pattern, left)| {
                let end = items::end_behind(tokens, '=', left)?;
                Some((Some(as_typed(&pattern, tokens)), end))
            })
            .unwrap_or((None, 0));
        let rest = &tokens[start..];
        let whole = |input: ParseStream| {
            input.parse::<Expr>()?;
            items::item_end(input)
        };
        let whole = whole.parse2(stream(rest));
        let (manager, end) = match whole.and_then(|left| items::end_of_item(rest, left)) {
            Ok(end) => {
                let comma = usize::from(is_punct(&rest[end - 1], ','));
                (&rest[..end - comma], end)
            }
            Err(_) => up_to_comma(rest),
        };
        let (is_async, manager) = match manager {
            [TokenTree::Ident(marker), group] if marker == "async" => match braced(group) {
                Some(inner) => (true, inner.into_iter().collect()),
                None => (false, manager.to_vec()),
            },
            _ => (false, manager.to_vec()),
        };
        let item = Self {
            is_async,
            manager,
            pattern,
            ty: None,
        };
        (item, start + end)
    }

    /// What builds the manager, and whether a `?` is behind it.
    fn manager(&self) -> (TokenStream, bool) {
        let mut manager = self.manager.clone();
        // An `$m:expr` of a macro.
        while let [TokenTree::Group(group)] = &manager[..] {
            if group.delimiter() != Delimiter::None {
                break;
            }
            manager = group.stream().into_iter().collect();
        }
        let has_question = manager.last().is_some_and(|last| is_punct(last, '?'));
        manager.truncate(manager.len() - usize::from(has_question));
        (stream(&manager), has_question)
    }

    /// The block of one manager, of which only the types are right.
    fn enter(&self, private: &TokenStream, body: &TokenStream) -> TokenStream {
        let (manager, has_question) = self.manager();
        let names = Names::of(self.is_async);
        let (try_enter, enter) = (names.try_enter(site()), names.enter(site()));
        let (scope, kind_of) = (names.scope(site()), names.kind_of(site()));
        // What the block is comes from a method's return type, which an editor needs to know what is expected of the body.
        let built = |manager: TokenStream| {
            let built = if has_question {
                unwrapped(
                    &quote_spanned!(site()=> #private::#try_enter::build::<_>(manager, #private::kind())),
                )
            } else {
                quote_spanned!(site()=> #private::#enter::manager::<_>(manager, #private::kind()))
            };
            quote_spanned!(site()=> match #manager { manager => #built })
        };
        let around = if has_question {
            "open_around"
        } else {
            "around"
        };
        let around = Ident::new(around, site());
        // No variable can hold it for the body, in which that would be in scope.
        let again = built(nowhere(manager.clone()));
        let manager = built(manager);
        let pattern = self
            .pattern
            .clone()
            .unwrap_or_else(|| quote_spanned!(site()=> _));
        let ty = self.ty.as_ref().map(|ty| quote_spanned!(site()=> : #ty));
        let new_scope = quote_spanned!(site()=> #private::#scope::new(
            #private::pin!(#again),
            #private::OnlyPanics,
            #private::Location::caller(),
            0,
            0,
        ));
        let entered = if self.is_async {
            quote_spanned!(site()=> #private::AsyncScope::entering(&mut #new_scope).await)
        } else {
            quote_spanned!(site()=> #private::Scope::enter(&mut #new_scope))
        };
        let entered = unwrapped(&entered);
        let inside = as_argument(&quote_spanned!(site()=>
            let #pattern #ty = #entered;
            #body
        ));
        // A variable, else an editor shows the signature of that function to who types the manager.
        let kind =
            quote_spanned!(site()=> match #manager { manager => #private::#kind_of(manager) });
        quote_spanned!(site()=> (#kind).#around(#inside))
    }
}

/// What a `Result` holds. Where that is not known, a `match` with an arm that does not return would make it `!`.
fn unwrapped(result: &TokenStream) -> TokenStream {
    quote_spanned!(site()=> ::core::option::Option::unwrap(::core::result::Result::ok(#result)))
}

/// `pattern: type`, which `tokens` begin with.
fn bound_as(
    pattern: &Pat,
    ty: Option<&Type>,
    tokens: &[TokenTree],
) -> (Option<TokenStream>, Option<TokenStream>) {
    let colon = pattern.to_token_stream().into_iter().count();
    let behind = tokens.get(colon + 1..).unwrap_or_default();
    (
        Some(as_typed(pattern, tokens)),
        ty.map(|ty| as_typed(ty, behind)),
    )
}

/// What was typed for `parsed`, which `tokens` begin with; or `parsed`, if that is not it: a pattern gets the parentheses
/// that it needs in a `let`.
fn as_typed(parsed: &impl ToTokens, tokens: &[TokenTree]) -> TokenStream {
    let parsed = parsed.to_token_stream();
    let typed = tokens.get(..parsed.clone().into_iter().count());
    let typed = stream(typed.unwrap_or_default());
    if typed.to_string() == parsed.to_string() {
        typed
    } else {
        parsed
    }
}

/// What is in front of the next comma, and where it goes on behind that.
fn up_to_comma(tokens: &[TokenTree]) -> (&[TokenTree], usize) {
    match tokens.iter().position(|token| is_punct(token, ',')) {
        Some(comma) => (&tokens[..comma], comma + 1),
        None => (tokens, tokens.len()),
    }
}

/// The pattern that `input` begins with, whatever is behind it.
fn beginning(input: ParseStream) -> Result<Pat> {
    let pattern = input.call(Pat::parse_multi_with_leading_vert)?;
    input.parse::<TokenStream>()?;
    Ok(pattern)
}

/// The `pattern =` that `input` begins with, and how many tokens are behind it.
fn binding(input: ParseStream) -> Result<(Pat, usize)> {
    let pattern = input.call(Pat::parse_multi_with_leading_vert)?;
    input.parse::<Token![=]>()?;
    let left = input.parse::<TokenStream>()?;
    Ok((pattern, left.into_iter().count()))
}
