//! Rewrites the leaves of a body into jumps to labels.
//!
//! A leave (`?`, `return`, `break`, `continue`) becomes a `break` to a label of the block that is
//! being written; exit is called there, and then the leave goes on, which may mean to jump to a
//! label of the block around it. Loops, closures, async blocks and items inside the body keep
//! their own control flow.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Attribute, Block, Expr, ExprArray, ExprCall, ExprMethodCall, ExprRepeat, ExprTuple,
    FieldValue, GenericArgument, Item, Label, Lifetime, LocalInit, Pat, Stmt, Type,
};

use super::configured::attributes_of;
use super::foreign;
use super::frame::{Found, Frame, Jump, Leave};
use super::macro_call::MacroPlace;
use super::place::Place;
use super::postfix::{beginning, ends_with_question, in_parentheses, left};
use super::private::Private;
use super::site::site;

pub(super) struct Rewriter {
    private: Private,
    /// The blocks around the place that is being rewritten, outermost first.
    pub(super) frames: Vec<Frame>,
    labels: usize,
    /// Whether there is a `return` with a value.
    pub(super) returns: bool,
    /// Whether the function's return type has to be pinned, since other code than the label of a `return` depends on
    /// it.
    pub(super) pins_returns: bool,
    /// The `#[cfg(..)]` around the place that is being rewritten: they go on all code that is generated for a leave
    /// there, so that it is configured away together with the leave.
    pub(super) cfgs: Vec<Attribute>,
    /// Whether the `with!` that comes next is what the body ends with.
    pub(super) at_end: bool,
}

impl Rewriter {
    pub(super) fn new(krate: &TokenStream) -> Self {
        Self {
            private: Private::new(krate),
            frames: Vec::new(),
            labels: 0,
            returns: false,
            pins_returns: false,
            cfgs: Vec::new(),
            at_end: false,
        }
    }

    pub(super) fn private(&self) -> Private {
        self.private.clone()
    }

    pub(super) fn private_at(&self, span: Span) -> Private {
        self.private.at(span)
    }

    pub(super) fn label(&mut self, name: &str) -> Lifetime {
        self.labels += 1;
        Lifetime::new(&format!("'{name}{}", self.labels), site())
    }

    pub(super) fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("a body has a frame")
    }

    pub(super) fn found(&mut self, name: &str, leave: Leave) -> Lifetime {
        let label = self.label(name);
        let found = Found {
            label: label.clone(),
            leave,
            cfgs: self.cfgs.clone(),
        };
        self.frame().leaves.push(found);
        label
    }

    /// The jump of a `?` that leaves with `residual`.
    pub(super) fn question(&mut self, place: Place, residual: &impl ToTokens) -> TokenStream {
        if let Some(stop) = self.frame().stop.clone() {
            let span = place.mark;
            let (private, label) = (self.private_at(span), stop.label);
            return quote_spanned!(site().located_at(span)=>
                break #label <_ as #private::Stop<_>>::stop(#residual)
            );
        }
        let label = self.found("question", Leave::Question(place));
        quote_spanned!(site()=> break #label #residual)
    }

    /// Where a `return` with a value jumps to.
    pub(super) fn return_(&mut self, place: Place) -> Lifetime {
        self.returns = true;
        self.find(|leave| matches!(leave, Leave::Return(_)))
            .unwrap_or_else(|| self.found("return", Leave::Return(place)))
    }

    /// Where a leave out of a macro call jumps to.
    pub(super) fn of_macro(&mut self, place: Place) -> Lifetime {
        self.returns = true;
        self.find(|leave| matches!(leave, Leave::OfMacro(_)))
            .unwrap_or_else(|| self.found("macro", Leave::OfMacro(place)))
    }

    /// Where a `return` without a value jumps to.
    pub(super) fn bare_return(&mut self, span: Span) -> Lifetime {
        self.find(|leave| matches!(leave, Leave::BareReturn(_)))
            .unwrap_or_else(|| self.found("return", Leave::BareReturn(span)))
    }

    /// The label of a leave like one that was found before.
    fn find(&mut self, wanted: impl Fn(&Leave) -> bool) -> Option<Lifetime> {
        Some(self.frame().find(wanted)?.label.clone())
    }

    pub(super) fn panic(&mut self) -> Lifetime {
        self.found("panic", Leave::Panic)
    }

    /// Where a `break` or `continue` jumps to, if it leaves the body.
    pub(super) fn jump(&mut self, jump: &Jump) -> Option<Lifetime> {
        if self.frame().keeps(jump.target.as_ref()) {
            return None;
        }
        let found = self.find(|leave| matches!(leave, Leave::Jump(other) if other.is_like(jump)));
        Some(found.unwrap_or_else(|| self.found("jump", Leave::Jump(jump.clone()))))
    }

    pub(super) fn awaits(&mut self) {
        for frame in &mut self.frames {
            frame.awaits = true;
        }
    }

    pub(super) fn hides(&mut self) {
        for frame in &mut self.frames {
            frame.hides = true;
        }
    }

    /// Visits a body, which may end with a `with!`, also in braces.
    pub(super) fn body_with_end(&mut self, body: &mut Block) {
        let Some((end, others)) = body.stmts.split_last_mut() else {
            return;
        };
        self.stmts(others, Some(end));
        match end {
            Stmt::Expr(Expr::Block(inner), None)
                if inner.attrs.is_empty() && inner.label.is_none() =>
            {
                self.body_with_end(&mut inner.block);
            }
            Stmt::Expr(Expr::Unsafe(inner), None) if inner.attrs.is_empty() => {
                self.body_with_end(&mut inner.block);
            }
            _ => {
                self.at_end = is_value_of_with(end);
                self.stmt(end, None);
                self.at_end = false;
            }
        }
    }

    /// Visits statements, and before them knows the one that is behind them.
    fn stmts(&mut self, stmts: &mut [Stmt], behind: Option<&Stmt>) {
        for at in 0..stmts.len() {
            let (visited, others) = stmts.split_at_mut(at + 1);
            self.stmt(&mut visited[at], others.first().or(behind));
        }
    }

    /// Visits a statement in front of another one, if it is not the last.
    fn stmt(&mut self, stmt: &mut Stmt, behind: Option<&Stmt>) {
        self.configured(attributes_of(stmt).to_vec(), |this| {
            let (mac, attrs, semicolon) = match stmt {
                Stmt::Macro(call) => (&call.mac, &call.attrs, call.semi_token),
                Stmt::Expr(Expr::Macro(call), None) => (&call.mac, &call.attrs, None),
                Stmt::Expr(expr, Some(_)) => {
                    if let Expr::Try(inner) = expr {
                        *expr = this.question_stmt(inner);
                    } else {
                        this.visit_expr_mut(expr);
                    }
                    return;
                }
                _ => return visit_mut::visit_stmt_mut(this, stmt),
            };
            let place = match (semicolon, behind) {
                (None, None) => MacroPlace::LastStatement,
                (semicolon, behind) => MacroPlace::Statement { semicolon, behind },
            };
            if let Some(tokens) = this.macro_call(mac, place) {
                let tokens = match place {
                    _ if attrs.is_empty() => tokens,
                    // It may be more than one.
                    MacroPlace::Statement { semicolon, .. } => {
                        quote_spanned!(site()=> #(#attrs)* { #tokens } #semicolon)
                    }
                    MacroPlace::LastStatement | MacroPlace::Expression => {
                        quote!(#(#attrs)* #tokens)
                    }
                };
                *stmt = Stmt::Expr(Expr::Verbatim(tokens), None);
            }
        });
    }

    fn inside(&mut self, label: Option<&Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        let ident = label.map(|label| label.name.ident.clone());
        let is_labelled = ident.is_some();
        self.frame().labels.extend(ident);
        self.frame().loops += usize::from(is_loop);
        visit(self);
        self.frame().loops -= usize::from(is_loop);
        if is_labelled {
            self.frame().labels.pop();
        }
    }
}

pub(super) fn return_pin() -> Ident {
    format_ident!("returned", span = site())
}

/// Whether a statement at the end is a `with!`, whose value is that of the body.
fn is_value_of_with(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Macro(call) => {
            call.attrs.is_empty() && call.semi_token.is_none() && foreign::is_with(&call.mac)
        }
        Stmt::Expr(Expr::Macro(call), None) => call.attrs.is_empty() && foreign::is_with(&call.mac),
        _ => false,
    }
}

impl VisitMut for Rewriter {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // These keep their own control flow.
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::TryBlock(_) => {}
            Expr::Try(inner) => *expr = self.question_expr(inner),
            Expr::Await(inner) => *expr = self.await_expr(inner),
            Expr::Return(inner) => *expr = self.return_expr(inner),
            Expr::Break(inner) => {
                if let Some(jump) = self.break_expr(inner) {
                    *expr = jump;
                }
            }
            Expr::Continue(inner) => {
                if let Some(jump) = self.continue_expr(inner) {
                    *expr = jump;
                }
            }
            Expr::Loop(inner) => self.inside(inner.label.as_ref(), true, |this| {
                this.visit_block_mut(&mut inner.body);
            }),
            Expr::While(inner) => self.inside(inner.label.as_ref(), true, |this| {
                this.visit_expr_mut(&mut inner.cond);
                this.visit_block_mut(&mut inner.body);
            }),
            Expr::ForLoop(inner) => {
                self.visit_expr_mut(&mut inner.expr);
                self.inside(inner.label.as_ref(), true, |this| {
                    this.visit_block_mut(&mut inner.body);
                });
            }
            Expr::Block(inner) => self.inside(inner.label.as_ref(), false, |this| {
                this.visit_block_mut(&mut inner.block);
            }),
            Expr::Macro(inner) => {
                if let Some(tokens) = self.macro_call(&inner.mac, MacroPlace::Expression) {
                    // At the begin of a statement, braces would end it: `with!(..) + 1`.
                    let (attrs, at) = (&inner.attrs, site());
                    *expr = Expr::Verbatim(quote_spanned!(at=> #(#attrs)* (#tokens)));
                }
            }
            _ => {
                let begin = left(expr).and_then(|left| beginning(left));
                visit_mut::visit_expr_mut(self, expr);
                if let Some((begin, left)) = begin.zip(left(expr)) {
                    *left = in_parentheses(begin, left);
                }
            }
        }
    }

    fn visit_local_init_mut(&mut self, init: &mut LocalInit) {
        // What is in front of the `else` must not end with a brace.
        let ends = init.diverge.is_some() && ends_with_question(&init.expr);
        visit_mut::visit_local_init_mut(self, init);
        if ends {
            *init.expr = in_parentheses(site(), &init.expr);
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.stmts(&mut block.stmts, None);
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        self.configured(arm.attrs.clone(), |this| {
            visit_mut::visit_arm_mut(this, arm);
        });
    }

    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        self.configured(field.attrs.clone(), |this| {
            visit_mut::visit_field_value_mut(this, field);
        });
    }

    fn visit_expr_array_mut(&mut self, array: &mut ExprArray) {
        self.elements(&mut array.elems);
    }

    fn visit_expr_tuple_mut(&mut self, tuple: &mut ExprTuple) {
        self.elements(&mut tuple.elems);
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        self.visit_expr_mut(&mut call.func);
        self.elements(&mut call.args);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        self.visit_expr_mut(&mut call.receiver);
        self.elements(&mut call.args);
    }

    fn visit_expr_repeat_mut(&mut self, repeat: &mut ExprRepeat) {
        self.visit_expr_mut(&mut repeat.expr);
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
    fn visit_generic_argument_mut(&mut self, _: &mut GenericArgument) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
}
