//! Groups without delimiters: a `macro_rules!` passes each fragment that it has matched in one.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::Expr;

/// Removes groups without delimiters where the code would not parse with them, and makes them parentheses where the
/// generated code would mean something else without them.
///
/// - `$label:lifetime`: syn takes the group for an expression. It is removed.
/// - `$e:expr`: the group holds `$e` together in `$e * 2`. The compiler ignores such groups in the output of a
///   procedural macro, so this one becomes parentheses, unless there is no operator beside it that could take a
///   part of the expression. (So it stays as it is in `assert!($e)`, whose message shows the expression.)
/// - `$b:block`, and an `$e:expr` that is an `if` or the like: as a statement or an arm they need no `;` or comma after
///   them, but syn asks for one after a group. It is removed; the group of a block is removed anywhere inside of
///   braces. The block of a header or of a function keeps its group.
pub(crate) fn ungroup(tokens: TokenStream) -> TokenStream {
    ungrouped(&tokens, Within::Nothing).unwrap_or(tokens)
}

/// The same group around other tokens.
pub(crate) fn regrouped(group: &Group, tokens: TokenStream) -> Group {
    let mut regrouped = Group::new(group.delimiter(), tokens);
    regrouped.set_span(group.span());
    regrouped
}

/// What tokens stand in.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Braces,
    Others,
}

/// `None` if nothing changes: then the caller keeps the tokens, since a group that is made anew loses the spans of its
/// delimiters.
fn ungrouped(tokens: &TokenStream, within: Within) -> Option<TokenStream> {
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
        if let Some(block) = block_in(group, within) {
            changed = true;
            out.push(block.into());
            continue;
        }
        if within == Within::Braces && begins_statement(&out) && is_statement(group) {
            changed = true;
            let inner = group.stream();
            out.extend(ungrouped(&inner, Within::Braces).unwrap_or(inner));
            continue;
        }
        let inside = match group.delimiter() {
            Delimiter::Brace => Within::Braces,
            Delimiter::None => within,
            _ => Within::Others,
        };
        let inner = ungrouped(&group.stream(), inside);
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
    // Only then `stream`, which is a call to the compiler.
    group.delimiter() == Delimiter::None && {
        let mut tokens = group.stream().into_iter();
        let tokens = (tokens.next(), tokens.next(), tokens.next());
        matches!(tokens, (Some(TokenTree::Punct(tick)), Some(TokenTree::Ident(_)), None)
            if tick.as_char() == '\'')
    }
}

/// The block that a group holds, with braces that count as the macro's: of those the compiler does not say that they
/// are unnecessary.
fn block_in(group: &Group, within: Within) -> Option<Group> {
    if group.delimiter() != Delimiter::None || within == Within::Nothing {
        return None;
    }
    let mut tokens = group.stream().into_iter();
    let (Some(TokenTree::Group(inner)), None) = (tokens.next(), tokens.next()) else {
        return None;
    };
    match inner.delimiter() {
        Delimiter::None => block_in(&inner, within),
        Delimiter::Brace => {
            let code = inner.stream();
            let code = ungrouped(&code, Within::Braces).unwrap_or(code);
            let mut block = Group::new(Delimiter::Brace, code);
            block.set_span(Span::mixed_site().located_at(inner.span()));
            Some(block)
        }
        _ => None,
    }
}

/// Whether what follows these tokens in braces begins a statement, or is the body of an arm.
fn begins_statement(before: &[TokenTree]) -> bool {
    match before {
        [] => true,
        [.., TokenTree::Group(last)] => last.delimiter() == Delimiter::Brace,
        [.., TokenTree::Punct(first), TokenTree::Punct(last)] if is_joint(first, '=') => {
            last.as_char() == '>'
        }
        [.., TokenTree::Punct(last)] => last.as_char() == ';',
        _ => false,
    }
}

/// Whether it holds an expression that is a statement without a `;` after it.
fn is_statement(group: &Group) -> bool {
    group.delimiter() == Delimiter::None
        && matches!(
            expression_in(group),
            Some(
                Expr::Block(_)
                    | Expr::Const(_)
                    | Expr::ForLoop(_)
                    | Expr::If(_)
                    | Expr::Loop(_)
                    | Expr::Match(_)
                    | Expr::TryBlock(_)
                    | Expr::Unsafe(_)
                    | Expr::While(_)
            )
        )
}

/// What a group holds, if that is an expression, without further groups around it.
fn expression_in(group: &Group) -> Option<Expr> {
    let mut expr = syn::parse2::<Expr>(group.stream()).ok()?;
    while let Expr::Group(inner) = expr {
        expr = *inner.expr;
    }
    Some(expr)
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
    let Some(expr) = expression_in(group) else {
        return false;
    };
    let is_taken = match expr {
        Expr::Unary(_) | Expr::Reference(_) => is_postfix,
        Expr::Assign(_) | Expr::Binary(_) | Expr::Cast(_) | Expr::Closure(_) | Expr::Range(_) => {
            is_operand
        }
        _ => false,
    };
    // `if $e == other {`
    is_taken || shows_struct(&expr)
}

/// Whether it has a struct literal outside of all brackets, which may not stand in a condition.
fn shows_struct(expr: &Expr) -> bool {
    match expr {
        Expr::Struct(_) => true,
        Expr::Await(inner) => shows_struct(&inner.base),
        Expr::Binary(inner) => shows_struct(&inner.left) || shows_struct(&inner.right),
        Expr::Field(inner) => shows_struct(&inner.base),
        Expr::MethodCall(inner) => shows_struct(&inner.receiver),
        Expr::Reference(inner) => shows_struct(&inner.expr),
        Expr::Try(inner) => shows_struct(&inner.expr),
        Expr::Unary(inner) => shows_struct(&inner.expr),
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
