//! Groups without delimiters, in which `macro_rules!` hands in what it has matched.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use syn::Expr;

/// Takes groups without delimiters away, where code that is handed on would lose by them.
///
/// - A `$label:lifetime` arrives in one, which syn takes for an expression. It goes.
/// - An `$e:expr` arrives in one, which holds it together in `$e * 2`. The compiler does not see
///   groups without delimiters that a procedural macro hands on, so it becomes parentheses, unless
///   nothing beside it could take a part of it. (What it stands for in `assert!($e)` stays as it was
///   written: the message shows it.)
pub(crate) fn ungroup(tokens: TokenStream) -> TokenStream {
    ungrouped(&tokens).unwrap_or(tokens)
}

/// `None`: there are none. Then the tokens stay as they are, since a group that is made anew does
/// not know where its delimiters stood.
fn ungrouped(tokens: &TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut changed = false;
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            out.push(token.clone());
            continue;
        };
        if is_lifetime(group) {
            changed = true;
            out.extend(group.stream());
            continue;
        }
        let inner = ungrouped(&group.stream());
        let delimiter = if is_taken_apart(group, &tokens[..at], &tokens[at + 1..]) {
            Delimiter::Parenthesis
        } else {
            group.delimiter()
        };
        if inner.is_none() && delimiter == group.delimiter() {
            out.push(token.clone());
            continue;
        }
        changed = true;
        let mut outer = Group::new(delimiter, inner.unwrap_or_else(|| group.stream()));
        outer.set_span(group.span());
        out.push(outer.into());
    }
    changed.then(|| out.into_iter().collect())
}

fn is_lifetime(group: &Group) -> bool {
    // Its tokens are asked for only then: each stream comes from the compiler.
    group.delimiter() == Delimiter::None && {
        let mut tokens = group.stream().into_iter();
        let tokens = (tokens.next(), tokens.next(), tokens.next());
        matches!(tokens, (Some(TokenTree::Punct(tick)), Some(TokenTree::Ident(_)), None)
            if tick.as_char() == '\'')
    }
}

/// Whether what stands beside an expression would take a part of it, were it not for the group.
fn is_taken_apart(group: &Group, before: &[TokenTree], after: &[TokenTree]) -> bool {
    if group.delimiter() != Delimiter::None {
        return false;
    }
    let is_postfix = begins_postfix(after);
    let is_operand = is_postfix || begins_operator(after) || ends_operator(before);
    let is_before_braces = matches!(after, [TokenTree::Group(next), ..]
        if next.delimiter() == Delimiter::Brace);
    if !is_operand && !is_before_braces {
        return false;
    }
    let Ok(mut expr) = syn::parse2::<Expr>(group.stream()) else {
        return false;
    };
    while let Expr::Group(inner) = expr {
        expr = *inner.expr;
    }
    match expr {
        Expr::Unary(_) | Expr::Reference(_) => is_postfix,
        Expr::Assign(_) | Expr::Binary(_) | Expr::Cast(_) | Expr::Closure(_) | Expr::Range(_) => {
            is_operand
        }
        // `if $e == other {`
        Expr::Struct(_) => true,
        _ => false,
    }
}

/// `.method()`, `?`, `(..)`, `[..]`.
fn begins_postfix(after: &[TokenTree]) -> bool {
    match after {
        [TokenTree::Group(next), ..] => {
            matches!(
                next.delimiter(),
                Delimiter::Parenthesis | Delimiter::Bracket
            )
        }
        [TokenTree::Punct(dot), TokenTree::Punct(next), ..] if is_joint(dot, '.') => {
            next.as_char() != '.'
        }
        [TokenTree::Punct(next), ..] => matches!(next.as_char(), '.' | '?'),
        _ => false,
    }
}

/// `+`, `as`, `==`, but none of `=>`, `=`, `,`, `;`.
fn begins_operator(after: &[TokenTree]) -> bool {
    match after {
        [TokenTree::Ident(next), ..] => next == "as",
        [TokenTree::Punct(next), TokenTree::Punct(second), ..] if is_joint(next, '=') => {
            second.as_char() == '='
        }
        [TokenTree::Punct(next), ..] => is_operator(next) && next.as_char() != '=',
        _ => false,
    }
}

/// The same, but none of `->` too.
fn ends_operator(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Punct(first), TokenTree::Punct(last)] if last.as_char() == '=' => {
            first.spacing() == Spacing::Joint && matches!(first.as_char(), '=' | '!' | '<' | '>')
        }
        [.., TokenTree::Punct(first), TokenTree::Punct(last)] if last.as_char() == '>' => {
            !is_joint(first, '=') && !is_joint(first, '-')
        }
        [.., TokenTree::Punct(last)] => is_operator(last) && last.as_char() != '=',
        _ => false,
    }
}

fn is_operator(punct: &Punct) -> bool {
    !matches!(punct.as_char(), ',' | ';' | ':' | '#' | '$' | '\'')
}

fn is_joint(punct: &Punct, char: char) -> bool {
    punct.as_char() == char && punct.spacing() == Spacing::Joint
}
