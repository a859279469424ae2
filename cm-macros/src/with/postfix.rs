//! Rewrites the two operators after an expression that leave a body: `?`, and `.await`, at which a future can be
//! dropped.
//!
//! What they become begins and ends with tokens of the user's. A lint looks at no expression of which the first or
//! the last token is generated, so all methods of a chain behind a `?` would go without.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::VisitMut as _;
use syn::{Expr, ExprAwait, ExprTry};

use super::block::braced;
use super::place::{self, Place};
use super::rewrite::Rewriter;
use super::site::site;

impl Rewriter {
    /// Input: `expr?`. Output: the match that `?` is, with a jump for the failure.
    pub(super) fn question_expr(&mut self, expr: &mut ExprTry) -> Expr {
        let end = expr.question_token.spans[0];
        let begin = place::first(&expr.expr).unwrap_or(end);
        let tried = self.question_match(expr, begin, end);
        if expr.attrs.is_empty() {
            return Expr::Verbatim(tried);
        }
        let (attrs, at) = (&expr.attrs, site().located_at(end));
        Expr::Verbatim(quote_spanned!(at=> #(#attrs)* (#tried)))
    }

    /// The same for a `?` that is a statement. Its `match` has the spans of generated code, since clippy says of a
    /// user's that it needs no semicolon; the parentheses around it begin where the user's expression does.
    pub(super) fn question_stmt(&mut self, expr: &mut ExprTry) -> Expr {
        let end = expr.question_token.spans[0];
        let begin = place::first(&expr.expr).unwrap_or(end);
        let at = site().located_at(end);
        let tried = in_parentheses(begin, &self.question_match(expr, at, at));
        let attrs = &expr.attrs;
        Expr::Verbatim(quote!(#(#attrs)* #tried))
    }

    fn question_match(&mut self, expr: &mut ExprTry, begin: Span, end: Span) -> TokenStream {
        let ExprTry {
            expr,
            question_token,
            ..
        } = expr;
        let mark = question_token.spans[0];
        let place = Place::with_operand(mark, expr);
        self.visit_expr_mut(expr);
        let at = site().located_at(mark);
        let keyword = Ident::new("match", begin);
        // The parentheses are generated, so that the compiler does not call the user's own unused.
        let operand = quote_spanned!(at=> (#expr));
        // With a `.0` behind it this begins where the operand does, and ends at the `?`: there the compiler points if the
        // value is of another type than is wanted.
        let mut value = Group::new(Delimiter::Parenthesis, quote_spanned!(at=> value,));
        value.set_span(site().located_at(begin));
        let (branch, arms) = self.tried(place, &operand, &quote_spanned!(at=> #value.0));
        let arms = braced(end, arms);
        quote!(#keyword #branch #arms)
    }

    /// A `?` that is applied to `operand` in the body of the innermost block: what it matches, and the arms. Of them the
    /// first has the `value` that the operand held.
    fn tried(
        &mut self,
        place: Place,
        operand: &TokenStream,
        value: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let (private, at) = (self.private_at(place.mark), site().located_at(place.mark));
        let residual = Ident::new("residual", at);
        let jump = self.question(place, &residual);
        let branch = quote_spanned!(at=> <_ as #private::Try>::branch(#operand));
        // In braces: if the `?` is the right operand of an operator that is not known, the compiler says of a bare jump that
        // the arms are of two types, and nothing of the operator.
        let arms = quote_spanned!(at=>
            #private::Continue(value) => #value,
            #private::Break(#residual) => { #jump }
        );
        (branch, arms)
    }

    /// A `?` that is applied to `value` where the blocks written so far stand: in the body of the
    /// block around them, or in the function.
    pub(super) fn go_on(&mut self, place: Place, value: &TokenStream) -> TokenStream {
        if self.frames.is_empty() {
            return quote_spanned!(site().located_at(place.mark)=> #value?);
        }
        let at = site().located_at(place.mark);
        let (branch, arms) = self.tried(place, value, &quote_spanned!(at=> value));
        quote_spanned!(at=> match #branch { #arms })
    }

    /// Input: `future.await`. Output: the same, with a note of whether it is suspended.
    ///
    /// It is an await itself, and what it awaits begins and ends where the future does.
    pub(super) fn await_expr(&mut self, expr: &mut ExprAwait) -> Expr {
        self.awaits();
        let ExprAwait {
            attrs,
            base,
            await_token,
            ..
        } = expr;
        for frame in &mut self.frames {
            frame.first_await.get_or_insert(await_token.span);
        }
        let (begin, end) = (place::first(base), place::last(base));
        self.visit_expr_mut(base);
        let private = self.private_at(await_token.span);
        let at = site().located_at(await_token.span);
        let mut arguments =
            Group::new(Delimiter::Parenthesis, quote_spanned!(at=> (#base), &watch));
        arguments.set_span(end.unwrap_or(at));
        // At the place of the user's `.await`: there the compiler says that the operand is no future.
        let under = quote_spanned!(await_token.span=> <_ as #private::Await<_>>::under);
        let under = if let (Some(begin), Some(_)) = (begin, end) {
            let under = in_parentheses(begin, &under);
            quote!(#under #arguments)
        } else {
            let begin = begin.unwrap_or(await_token.span);
            in_parentheses(begin, &quote!(#under #arguments)).into_token_stream()
        };
        let awaited = quote_spanned!(at=> #under.#await_token);
        if attrs.is_empty() {
            return Expr::Verbatim(awaited);
        }
        Expr::Verbatim(quote_spanned!(at=> #(#attrs)* (#awaited)))
    }
}

/// The operand that an expression begins with. (A field and a method can stand behind any brace.)
pub(super) fn left(expr: &mut Expr) -> Option<&mut Expr> {
    match expr {
        Expr::Assign(assign) => Some(&mut assign.left),
        Expr::Binary(binary) => Some(&mut binary.left),
        Expr::Call(call) => Some(&mut call.func),
        Expr::Cast(cast) => Some(&mut cast.expr),
        Expr::Index(index) => Some(&mut index.expr),
        Expr::Range(range) => range.start.as_deref_mut(),
        _ => None,
    }
}

/// If an expression is a `?`: where it begins. Such an operand on the left has to stand in parentheses, since a `match`
/// at the beginning of a statement would end it.
pub(super) fn beginning(expr: &Expr) -> Option<Span> {
    match expr {
        Expr::Try(inner) => {
            let end = inner.question_token.spans[0];
            Some(place::first(&inner.expr).unwrap_or(end))
        }
        Expr::Group(group) => beginning(&group.expr),
        _ => None,
    }
}

/// Whether the match of a `?` comes last in what an expression becomes.
pub(super) fn ends_with_question(expr: &Expr) -> bool {
    match expr {
        Expr::Try(_) => true,
        Expr::Assign(assign) => ends_with_question(&assign.right),
        Expr::Binary(binary) => ends_with_question(&binary.right),
        Expr::Group(group) => ends_with_question(&group.expr),
        Expr::Range(range) => range.end.as_deref().is_some_and(ends_with_question),
        Expr::Reference(reference) => ends_with_question(&reference.expr),
        Expr::Unary(unary) => ends_with_question(&unary.expr),
        _ => false,
    }
}

/// Parentheses around an expression, which stand at `at`.
pub(super) fn in_parentheses(at: Span, expr: &impl ToTokens) -> Expr {
    let mut group = Group::new(Delimiter::Parenthesis, expr.to_token_stream());
    group.set_span(at);
    Expr::Verbatim(TokenTree::Group(group).into())
}
