//! Places of leaves, so that the compiler points at the same tokens as in plain code.

use proc_macro2::Span;
use syn::{Expr, PathArguments};

/// Where a leave stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Its keyword, or its `?`.
    pub(super) mark: Span,
    /// The first and the last token of the part of its operand at which the compiler points; the mark if they are not
    /// known.
    pub(super) operand: (Span, Span),
}

impl Place {
    /// A leave without an operand, or one that stands nowhere in the user's code.
    pub(super) fn of(mark: Span) -> Self {
        Self {
            mark,
            operand: (mark, mark),
        }
    }

    /// A leave with its operand, as the user wrote it.
    pub(super) fn with_operand(mark: Span, operand: &Expr) -> Self {
        let operand = begin(operand).zip(end(operand));
        Self {
            mark,
            operand: operand.unwrap_or((mark, mark)),
        }
    }

    /// As `with_operand`, but only if the operand is a single token, or in brackets.
    pub(super) fn with_token(mark: Span, operand: &Expr) -> Self {
        let token = token(operand).unwrap_or(mark);
        Self {
            mark,
            operand: (token, token),
        }
    }
}

// Not by `Spanned`, which makes tokens of the whole expression, for each `?` in a chain of them.

fn begin(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Path(path) if path.qself.is_none() && path.path.leading_colon.is_none() => {
            path.path.segments.first().map(|first| first.ident.span())
        }
        Expr::Macro(call) => call.mac.path.segments.first().map(|name| name.ident.span()),
        Expr::Call(call) => begin(&call.func),
        // Of a chain, the last call is what the compiler speaks of.
        Expr::MethodCall(call) => Some(call.method.span()),
        Expr::Field(field) => begin(&field.base),
        Expr::Await(awaited) => begin(&awaited.base),
        Expr::Try(tried) => begin(&tried.expr),
        _ => token(expr),
    }
}

fn end(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Path(path) => {
            let last = path.path.segments.last()?;
            matches!(last.arguments, PathArguments::None).then(|| last.ident.span())
        }
        Expr::Macro(call) => Some(call.mac.delimiter.span().close()),
        Expr::Call(call) => Some(call.paren_token.span.close()),
        Expr::MethodCall(call) => Some(call.paren_token.span.close()),
        Expr::Await(awaited) => Some(awaited.await_token.span),
        Expr::Try(tried) => Some(tried.question_token.spans[0]),
        _ => token(expr),
    }
}

/// The span of an expression that is a single token, or in parentheses.
fn token(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(syn::Ident::span),
        Expr::Lit(literal) => Some(literal.lit.span()),
        Expr::Paren(inner) => Some(inner.paren_token.span.join()),
        Expr::Tuple(inner) => Some(inner.paren_token.span.join()),
        Expr::Array(inner) => Some(inner.bracket_token.span.join()),
        _ => None,
    }
}
