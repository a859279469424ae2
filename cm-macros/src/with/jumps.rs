//! `return`, `break` and `continue`: jumps to the label of a leave.

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::visit_mut::VisitMut as _;
use syn::{
    Attribute, Expr, ExprBreak, ExprContinue, ExprParen, ExprReturn, Lifetime, Token, token,
};

use super::frame::{Jump, JumpKind};
use super::place::Place;
use super::rewrite::Rewriter;
use super::site::site;

impl Rewriter {
    /// Input: a `return`. Output: the jump to its label.
    pub(super) fn return_expr(&mut self, inner: &mut ExprReturn) -> Expr {
        let span = inner.return_token.span;
        let label = if let Some(value) = &mut inner.expr {
            let place = Place::with_token(span, value);
            self.visit_expr_mut(value);
            self.return_(place)
        } else {
            self.bare_return(span)
        };
        let value = inner.expr.take().map(without_a_label);
        let value = value.unwrap_or_else(|| self.nothing(span));
        break_to(&mut inner.attrs, label, value, span)
    }

    /// Input: a `break`. Output: the jump to its label, if it leaves the body.
    pub(super) fn break_expr(&mut self, inner: &mut ExprBreak) -> Option<Expr> {
        let span = inner.break_token.span;
        let (kind, place) = if let Some(value) = &mut inner.expr {
            let place = Place::with_operand(span, value);
            self.visit_expr_mut(value);
            (JumpKind::BreakWithValue, place)
        } else {
            (JumpKind::Break, Place::of(span))
        };
        let label = self.jump(&Jump::new(kind, inner.label.as_ref(), place))?;
        let mut value = inner.expr.take();
        if inner.label.is_none() {
            value = value.map(without_a_label);
        }
        let value = value.unwrap_or_else(|| self.nothing(span));
        Some(break_to(&mut inner.attrs, label, value, span))
    }

    /// The same for a `continue`.
    pub(super) fn continue_expr(&mut self, inner: &mut ExprContinue) -> Option<Expr> {
        let span = inner.continue_token.span;
        let jump = Jump::new(JumpKind::Continue, inner.label.as_ref(), Place::of(span));
        let label = self.jump(&jump)?;
        Some(break_to(&mut inner.attrs, label, self.nothing(span), span))
    }

    /// What a leave without a value carries to its label: `()`, which ends as a token of the user's. So the jump
    /// stands at the keyword, and not, as its label does, at the whole block.
    fn nothing(&self, span: Span) -> Box<Expr> {
        let (private, nothing) = (self.private_at(span), Ident::new("NOTHING", span));
        let at = site().located_at(span);
        Box::new(Expr::Verbatim(quote_spanned!(at=> #private::#nothing)))
    }
}

fn break_to(attrs: &mut Vec<Attribute>, label: Lifetime, value: Box<Expr>, span: Span) -> Expr {
    Expr::Break(ExprBreak {
        attrs: std::mem::take(attrs),
        break_token: Token![break](span),
        label: Some(label),
        expr: Some(value),
    })
}

/// The value of a leave without a label, for a jump with one. A block or a loop goes into parentheses: without these
/// the compiler takes the label for one that was meant for the block, and warns (`break_with_label_and_loop`).
fn without_a_label(value: Box<Expr>) -> Box<Expr> {
    let mut inner = &*value;
    while let Expr::Group(group) = inner {
        inner = &group.expr;
    }
    let is_taken_for_labeled = matches!(
        inner,
        Expr::Block(_) | Expr::ForLoop(_) | Expr::Loop(_) | Expr::Unsafe(_) | Expr::While(_)
    );
    if !is_taken_for_labeled {
        return value;
    }
    Box::new(Expr::Paren(ExprParen {
        attrs: Vec::new(),
        paren_token: token::Paren(site()),
        expr: value,
    }))
}
