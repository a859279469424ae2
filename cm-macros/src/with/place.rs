//! Places of leaves, so that the compiler points at the same tokens as in plain code.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Block, Expr, Label, Member, Path, PathArguments, Stmt};

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
        let begin = match operand {
            // Of a chain, the last call is what the compiler speaks of.
            Expr::MethodCall(call) => Some(call.method.span()),
            _ => first(operand),
        };
        let operand = begin.zip(last(operand));
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

/// The first and the last token of the value of a block.
///
/// Where one of them is not known, there is nothing to point at.
pub(super) fn of_value(block: &Block) -> Option<(Span, Span)> {
    match block.stmts.last()? {
        Stmt::Expr(value, None) => first(value).zip(last(value)),
        Stmt::Macro(call) if call.semi_token.is_none() => {
            first_of_path(&call.mac.path).zip(Some(call.mac.delimiter.span().close()))
        }
        _ => None,
    }
}

/// The first and the last token of a statement.
pub(super) fn of_statement(stmt: &Stmt) -> Option<(Span, Span)> {
    match stmt {
        Stmt::Local(local) => Some((local.let_token.span, local.semi_token.span)),
        Stmt::Expr(expr, semicolon) => {
            let end = semicolon.map_or_else(|| last(expr), |semicolon| Some(semicolon.span));
            first(expr).zip(end)
        }
        Stmt::Macro(call) => {
            let end = call.semi_token.map(|semicolon| semicolon.span);
            let end = end.unwrap_or_else(|| call.mac.delimiter.span().close());
            first_of_path(&call.mac.path).zip(Some(end))
        }
        Stmt::Item(_) => None,
    }
}

// Not by `Spanned`, which makes tokens of the whole expression, for each `?` in a chain of them.

/// The first token of all of an expression.
pub(super) fn first(expr: &Expr) -> Option<Span> {
    Some(match expr {
        Expr::Array(inner) => inner.bracket_token.span.open(),
        Expr::Async(inner) => inner.async_token.span,
        Expr::Await(inner) => first(&inner.base)?,
        Expr::Binary(inner) => first(&inner.left)?,
        Expr::Block(inner) => {
            first_of_labelled(inner.label.as_ref(), inner.block.brace_token.span.open())
        }
        Expr::Call(inner) => first(&inner.func)?,
        Expr::Cast(inner) => first(&inner.expr)?,
        Expr::Closure(inner) => match &inner.capture {
            Some(token) => token.span,
            None => inner.or1_token.span,
        },
        Expr::Field(inner) => first(&inner.base)?,
        Expr::ForLoop(inner) => first_of_labelled(inner.label.as_ref(), inner.for_token.span),
        Expr::Group(inner) => first(&inner.expr)?,
        Expr::If(inner) => inner.if_token.span,
        Expr::Index(inner) => first(&inner.expr)?,
        Expr::Lit(inner) => inner.lit.span(),
        Expr::Loop(inner) => first_of_labelled(inner.label.as_ref(), inner.loop_token.span),
        Expr::Macro(inner) => first_of_path(&inner.mac.path)?,
        Expr::Match(inner) => inner.match_token.span,
        Expr::MethodCall(inner) => first(&inner.receiver)?,
        Expr::Paren(inner) => inner.paren_token.span.open(),
        Expr::Path(inner) => match &inner.qself {
            Some(qself) => qself.lt_token.span,
            None => first_of_path(&inner.path)?,
        },
        Expr::Reference(inner) => inner.and_token.span,
        Expr::Repeat(inner) => inner.bracket_token.span.open(),
        Expr::Struct(inner) if inner.qself.is_none() => first_of_path(&inner.path)?,
        Expr::Try(inner) => first(&inner.expr)?,
        Expr::Tuple(inner) => inner.paren_token.span.open(),
        Expr::Unary(inner) => inner.op.span(),
        Expr::Unsafe(inner) => inner.unsafe_token.span,
        Expr::While(inner) => first_of_labelled(inner.label.as_ref(), inner.while_token.span),
        _ => return None,
    })
}

fn first_of_labelled(label: Option<&Label>, keyword: Span) -> Span {
    label.map_or(keyword, |label| label.name.apostrophe)
}

fn first_of_path(path: &Path) -> Option<Span> {
    match path.leading_colon {
        Some(colons) => Some(colons.spans[0]),
        None => path.segments.first().map(|first| first.ident.span()),
    }
}

/// The last token of all of an expression.
pub(super) fn last(expr: &Expr) -> Option<Span> {
    Some(match expr {
        Expr::Array(inner) => inner.bracket_token.span.close(),
        Expr::Async(inner) => inner.block.brace_token.span.close(),
        Expr::Await(inner) => inner.await_token.span,
        Expr::Binary(inner) => last(&inner.right)?,
        Expr::Block(inner) => inner.block.brace_token.span.close(),
        Expr::Call(inner) => inner.paren_token.span.close(),
        Expr::Closure(inner) => last(&inner.body)?,
        Expr::Field(inner) => match &inner.member {
            Member::Named(name) => name.span(),
            Member::Unnamed(number) => number.span,
        },
        Expr::ForLoop(inner) => inner.body.brace_token.span.close(),
        Expr::If(inner) => match &inner.else_branch {
            Some((_, branch)) => last(branch)?,
            None => inner.then_branch.brace_token.span.close(),
        },
        Expr::Index(inner) => inner.bracket_token.span.close(),
        Expr::Lit(inner) => inner.lit.span(),
        Expr::Loop(inner) => inner.body.brace_token.span.close(),
        Expr::Macro(inner) => inner.mac.delimiter.span().close(),
        Expr::Match(inner) => inner.brace_token.span.close(),
        Expr::MethodCall(inner) => inner.paren_token.span.close(),
        Expr::Paren(inner) => inner.paren_token.span.close(),
        Expr::Path(inner) => last_of_path(&inner.path)?,
        Expr::Reference(inner) => last(&inner.expr)?,
        Expr::Repeat(inner) => inner.bracket_token.span.close(),
        Expr::Struct(inner) => inner.brace_token.span.close(),
        Expr::Try(inner) => inner.question_token.spans[0],
        Expr::Tuple(inner) => inner.paren_token.span.close(),
        Expr::Unary(inner) => last(&inner.expr)?,
        Expr::Unsafe(inner) => inner.block.brace_token.span.close(),
        Expr::While(inner) => inner.body.brace_token.span.close(),
        _ => return None,
    })
}

fn last_of_path(path: &Path) -> Option<Span> {
    let last = path.segments.last()?;
    match &last.arguments {
        PathArguments::None => Some(last.ident.span()),
        PathArguments::AngleBracketed(arguments) => Some(arguments.gt_token.span),
        PathArguments::Parenthesized(_) => None,
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
