//! What rust-analyzer gets in place of the real expansion.
//!
//! It completes a name by expanding twice, as typed and with a marker at the cursor, and looks the
//! place of the marker up in the first expansion. Mostly only the second one parses. So what is
//! written in front of the cursor must not depend on whether the input parses: the header is read
//! token by token where it has to be, the body is handed on as it is, with its leaves in it, and
//! an error stands behind both.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::{Block, Error, Expr, Pat, Result, Stmt, Token, Type, token};

use super::model::{Body, Item, Mode, With};
use super::parse;
use super::rewrite::{Rewriter, site};

/// Input: as that of `expand`. Output: the block with the body as it was typed, and the error that
/// `expand` would report.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let (krate, input) = parse::split_crate(input);
    let parsed = parse::parse(input.clone()).and_then(|with| Rewriter::check(&with));
    let tokens: Vec<TokenTree> = input.into_iter().collect();
    let mut typed = Typed::default();
    let with = read(&tokens, &mut typed);
    let block = if with.items.is_empty() {
        let body = &with.body.block;
        quote_spanned!(site()=> match () { () => #body })
    } else {
        Rewriter::new(krate).with(with)
    };
    let block = typed.put_back(block);
    let error = parsed.err().map(Error::into_compile_error);
    quote_spanned!(site()=> match #block { value => { #error value } })
}

/// What the user typed. Until the block is written down, names stand for it: so that nothing that
/// is generated gets the place of a token that was typed, at which it would be asked about as well.
#[derive(Default)]
struct Typed(Vec<TokenStream>);

impl Typed {
    const NAME: &str = "typed";

    fn name(&mut self, tokens: TokenStream) -> TokenStream {
        self.0.push(tokens);
        let name = format_ident!("{}{}", Self::NAME, self.0.len() - 1, span = site());
        name.into_token_stream()
    }

    fn put_back(&self, tokens: TokenStream) -> TokenStream {
        let put_back = |token| match token {
            TokenTree::Ident(ident) => self.at(&ident).unwrap_or_else(|| ident.into_token_stream()),
            TokenTree::Group(group) => {
                let inside = self.put_back(group.stream());
                let mut filled = Group::new(group.delimiter(), inside);
                filled.set_span(group.span());
                filled.into_token_stream()
            }
            other => other.into(),
        };
        tokens.into_iter().map(put_back).collect()
    }

    fn at(&self, name: &Ident) -> Option<TokenStream> {
        let at: usize = name.to_string().strip_prefix(Self::NAME)?.parse().ok()?;
        self.0.get(at).cloned()
    }
}

/// What `tokens` say, as far as they say it.
fn read(tokens: &[TokenTree], typed: &mut Typed) -> With {
    let Parts {
        header,
        modifiers,
        body,
        has_arrow,
    } = Parts::of(tokens);
    let is_binding = !has_arrow && parse::has_binding(tokens);
    let mut items = Vec::new();
    let mut rest = header;
    while !rest.is_empty() {
        let written = if is_binding {
            Written::as_binding(rest)
        } else {
            Written::as_item(rest)
        };
        rest = &rest[written.end..];
        items.extend(written.into_item(typed));
    }
    let is = |name: &str| {
        let is_name = |token: &TokenTree| matches!(token, TokenTree::Ident(i) if i == name);
        modifiers.iter().any(is_name)
    };
    let mode = match (is("try"), is("catch")) {
        (true, _) => Mode::Try,
        (false, true) => Mode::Catch,
        (false, false) => Mode::Plain,
    };
    let block = Block {
        brace_token: token::Brace(site()),
        stmts: vec![Stmt::Expr(Expr::Verbatim(typed.name(body)), None)],
    };
    let body = Body {
        is_async: is("async"),
        mode,
        block,
    };
    With { items, body }
}

/// The input, cut in pieces.
struct Parts<'t> {
    header: &'t [TokenTree],
    /// In front of the body.
    modifiers: &'t [TokenTree],
    body: TokenStream,
    has_arrow: bool,
}

impl<'t> Parts<'t> {
    fn of(tokens: &'t [TokenTree]) -> Self {
        if let Some(arrow) = tokens.windows(2).position(parse::is_arrow) {
            let rest = &tokens[arrow + 2..];
            let modifiers = rest.iter().take_while(|t| parse::is_modifier(t)).count();
            let body = &rest[modifiers..];
            return Self {
                header: &tokens[..arrow],
                modifiers: &rest[..modifiers],
                // It may be typed without its braces.
                body: body
                    .first()
                    .and_then(braced)
                    .unwrap_or_else(|| parse::stream(body)),
                has_arrow: true,
            };
        }
        let comma = tokens.last().is_some_and(|last| parse::is_punct(last, ','));
        let end = tokens.len() - usize::from(comma);
        let Some(body) = tokens[..end].last().and_then(braced) else {
            return Self {
                header: tokens,
                modifiers: &[],
                body: TokenStream::new(),
                has_arrow: false,
            };
        };
        let before = &tokens[..end - 1];
        let modifiers = before.iter().rev().take_while(|t| parse::is_modifier(t));
        let (header, modifiers) = before.split_at(before.len() - modifiers.count());
        Self {
            header,
            modifiers,
            body,
            has_arrow: false,
        }
    }
}

/// What is in the braces.
fn braced(token: &TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    }
}

/// One item of a header.
struct Written<'t> {
    manager: &'t [TokenTree],
    pattern: Option<Pat>,
    ty: Option<Type>,
    /// Where the next one begins.
    end: usize,
}

impl<'t> Written<'t> {
    /// `manager as pattern: type`
    fn as_item(tokens: &'t [TokenTree]) -> Self {
        let (_, start) = parse::async_marker(tokens);
        if let Ok((item, end)) = parse::item(tokens) {
            let question = usize::from(item.question.is_some() && !is_invisible(&tokens[start]));
            return Self {
                manager: &tokens[start..start + len(&item.manager) + question],
                pattern: item.pattern,
                ty: item.ty,
                end,
            };
        }
        let (typed, end) = up_to_comma(tokens);
        let typed = &typed[start.min(typed.len())..];
        let is_as = |token: &TokenTree| matches!(token, TokenTree::Ident(i) if i == "as");
        let at = typed.iter().rposition(is_as).unwrap_or(typed.len());
        let after = typed.get(at + 1..).unwrap_or_default();
        let (pattern, ty) = match parse::binding.parse2(parse::stream(after)) {
            Ok((pattern, ty, _)) => (Some(pattern), ty),
            Err(_) => (beginning.parse2(parse::stream(after)).ok(), None),
        };
        Self {
            manager: &typed[..at],
            pattern,
            ty,
            end,
        }
    }

    /// `pattern = manager`
    fn as_binding(tokens: &'t [TokenTree]) -> Self {
        let (pattern, start) = match bound.parse2(parse::stream(tokens)) {
            Ok((pattern, left)) => (Some(pattern), tokens.len() - left),
            Err(_) => (None, 0),
        };
        let behind = &tokens[start..];
        let whole = |input: ParseStream| Ok((input.parse::<Expr>()?, parse::item_end(input)?));
        let (manager, end) = match whole.parse2(parse::stream(behind)) {
            Ok((manager, left)) => (&behind[..len(&manager)], behind.len() - left),
            Err(_) => up_to_comma(behind),
        };
        Self {
            manager,
            pattern,
            ty: None,
            end: start + end,
        }
    }

    /// The item with its manager as it is written: parsed and printed, it would be spaced otherwise.
    fn into_item(self, typed: &mut Typed) -> Option<Item> {
        let (last, before) = self.manager.split_last()?;
        if let (TokenTree::Group(group), [], true) = (last, before, is_invisible(last)) {
            // An `$m:expr` of a macro.
            let manager: Vec<TokenTree> = group.stream().into_iter().collect();
            let inside = Written {
                manager: &manager,
                ..self
            };
            return inside.into_item(typed);
        }
        let (manager, question) = match last {
            last if parse::is_punct(last, '?') => (before, Some(Token![?](site()))),
            _ => (self.manager, None),
        };
        Some(Item {
            is_async: None,
            manager: Expr::Verbatim(typed.name(parse::stream(manager))),
            question,
            pattern: self
                .pattern
                .map(|pattern| Pat::Verbatim(typed.name(pattern.into_token_stream()))),
            ty: self
                .ty
                .map(|ty| Type::Verbatim(typed.name(ty.into_token_stream()))),
        })
    }
}

fn is_invisible(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::None)
}

fn len(manager: &Expr) -> usize {
    manager.to_token_stream().into_iter().count()
}

/// What is in front of the next comma, and where it goes on behind it.
fn up_to_comma(tokens: &[TokenTree]) -> (&[TokenTree], usize) {
    let comma = tokens.iter().position(|token| parse::is_punct(token, ','));
    match comma {
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
fn bound(input: ParseStream) -> Result<(Pat, usize)> {
    let pattern = input.call(Pat::parse_multi_with_leading_vert)?;
    input.parse::<Token![=]>()?;
    let left = input.parse::<TokenStream>()?;
    Ok((pattern, left.into_iter().count()))
}
