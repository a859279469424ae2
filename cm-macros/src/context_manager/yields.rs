//! Finds the one yield of a function, and makes an await of it.
//!
//! The memory safety of a generator rests on this: the yield is not in a loop, not in a closure or
//! a nested future, and not in the arguments of a macro, which could put it there.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, Block, Error, Expr, ExprLit, ExprReturn, GenericArgument, Item, Lit, Macro, ReturnType,
    Signature, Stmt, Type,
};

use super::args::Args;
use super::errors::Errors;
use super::nested;
use super::spelling::{NAME, find, is_yield};
use crate::with::{self, is_punct, located_at};

/// What the visited code is in. A yield can be in `Function` only.
#[derive(Clone, Copy)]
enum Place {
    Function,
    Loop,
    Guard,
    Closure,
    Async,
    Const,
}

impl Place {
    fn message(self) -> Option<&'static str> {
        Some(match self {
            Self::Function => return None,
            Self::Loop => {
                "a manager yields once: a yield cannot be in a loop; collect what the loop makes, \
                 and yield it after the loop"
            }
            Self::Guard => {
                "a yield cannot be in the guard of an arm, which is asked again for each alternative \
                 of the pattern; put its outcome into a variable before the `match`"
            }
            Self::Closure => "a yield cannot be in a closure, which has a body of its own",
            Self::Async => "a yield cannot be in an async block, which is a future of its own",
            Self::Const => "a yield cannot be in a constant, which is evaluated at compile time",
        })
    }
}

struct Yields<'f> {
    args: &'f Args,
    is_async: bool,
    place: Place,
    found: Option<Span>,
    /// How many `with!` are around the place.
    blocks: usize,
    /// Whether there are any around the yield, so that it has to note what it was told.
    is_passing: bool,
    /// `return`s before the yield whose value cannot be an `Err`, and whether they have one.
    returns: Vec<(Span, bool)>,
    verdict_has_errors: bool,
    errors: Errors,
}

/// Input: the body, and what is wrong already. Output: the body with the yield as an await, and all that is wrong.
pub(super) fn rewrite(body: &mut Block, sig: &Signature, args: &Args, errors: Errors) -> Errors {
    let mut yields = Yields {
        args,
        is_async: sig.asyncness.is_some(),
        place: Place::Function,
        found: None,
        blocks: 0,
        is_passing: false,
        returns: Vec::new(),
        verdict_has_errors: has_errors(&sig.output),
        errors,
    };
    yields.visit_block_mut(body);
    if yields.found.is_none() && yields.errors.is_empty() {
        let value = if args.yields.is_some() { "value" } else { "" };
        let message = format!(
            "this function yields nothing: write `yield_!({value})` where the block's body is to run"
        );
        yields.error(sig.ident.span(), &message);
        return yields.errors;
    }
    if let (Some(_), Some((first, has_value))) = (yields.found, yields.returns.first().copied()) {
        let message = if yields.verdict_has_errors {
            "this returns before the yield, so that the block's body could not run: return an \
             `Err`, or yield first"
        } else {
            "this returns before the yield, so that the block's body could not run; to fail, \
             return a `Result`"
        };
        let error = Error::new(first, message);
        // A value could be of another type, which is no second mistake. Of an async block only the verdict tells the compiler
        // what it returns.
        if has_value && !yields.is_async {
            yields.errors.add_about_the_manager(error);
        } else if !has_value && yields.verdict_has_errors {
            // To the compiler a value is missing.
            yields.errors.add_spoiling(error);
        } else {
            yields.errors.add(error);
        }
    }
    if yields.is_passing {
        let (krate, passing, at) = (args.krate(), nested::passing(), Span::mixed_site());
        let declared = quote_spanned!(at=> let mut #passing = #krate::__private::Passing::new(););
        body.stmts.insert(0, Stmt::Item(Item::Verbatim(declared)));
    }
    yields.errors
}

/// Whether the verdict can be a `Result`.
fn has_errors(output: &ReturnType) -> bool {
    match output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => match &**ty {
            Type::Path(path) => {
                let last = path.path.segments.last();
                last.is_none_or(|last| last.ident != "Suppress")
            }
            Type::Tuple(tuple) => !tuple.elems.is_empty(),
            _ => true,
        },
    }
}

/// The name of the yielder, which users cannot write, but which the compiler may show: what is lent for
/// longer than the block "appears in the type of `yields`".
pub(super) fn yielder(at: Span) -> syn::Ident {
    syn::Ident::new("yields", Span::mixed_site().located_at(at))
}

impl Yields<'_> {
    /// Whether an await or `return` here is one of the function's.
    fn is_the_managers_own(&self) -> bool {
        matches!(self.place, Place::Function | Place::Loop | Place::Guard)
    }

    fn error(&mut self, span: Span, message: &str) {
        self.errors.add(Error::new(span, message));
    }

    fn spoiling_error(&mut self, span: Span, message: &str) {
        self.errors.add_spoiling(Error::new(span, message));
    }

    fn inside(&mut self, place: Place, visit: impl FnOnce(&mut Self)) {
        // A loop in a closure is the closure's.
        let stays = matches!(place, Place::Loop | Place::Guard) && !self.is_the_managers_own();
        let place = if stays { self.place } else { place };
        let outside = std::mem::replace(&mut self.place, place);
        visit(self);
        self.place = outside;
    }

    /// Input: `yield_!(value)`. Output: `lend(value).await`.
    fn yield_(&mut self, mac: &Macro) -> TokenStream {
        let span = mac.path.span();
        if let Some(message) = self.place.message() {
            match self.place {
                Place::Const => self.spoiling_error(span, message),
                _ => self.error(span, message),
            }
        } else if self.found.is_some() {
            self.error(
                span,
                "a manager yields once: this is a second yield; put what differs into a variable, \
                 and yield that",
            );
        }
        self.found.get_or_insert(span);
        let value = self
            .lent(mac)
            .unwrap_or_else(|| quote_spanned!(span=> loop {}));
        let krate = located_at(self.args.krate(), span);
        let (yielder, at) = (yielder(span), Span::mixed_site().located_at(span));
        // A method call: the argument of a function would not be coerced to a type that the next trait solver finds
        // out from the other one only (`.ci/next-solver`). It begins with a token of the user's, so that errors about
        // the outcome are all there.
        let mut yielder = Group::new(Delimiter::Parenthesis, quote_spanned!(at=> &mut #yielder));
        yielder.set_span(span);
        let outcome = quote_spanned!(at=>
            #yielder.lend(#krate::__private::Yielded { value: #value }).await
        );
        if self.blocks == 0 {
            return outcome;
        }
        self.is_passing = true;
        let passing = nested::passing();
        quote_spanned!(at=>
            #krate::__private::Passing::note(#outcome, &mut #passing)
        )
    }

    /// What a yield lends; `None` where that is not known, which is reported.
    fn lent(&mut self, mac: &Macro) -> Option<TokenStream> {
        let span = mac.path.span();
        match (mac.tokens.is_empty(), self.args.yields.is_some()) {
            _ if self.errors.manager_is_unknown() => None,
            (true, false) => Some(quote_spanned!(span=> ())),
            (true, true) => {
                let message = "expected a value of the type that `yields = ..` names";
                self.error(span, message);
                None
            }
            (false, false) if mac.parse_body::<Expr>().is_ok_and(|value| !is_unit(&value)) => {
                let message = "this manager lends nothing yet: say what it lends, \
                               `#[context_manager(yields = Type)]`";
                self.errors
                    .add_about_the_manager(Error::new(mac.tokens.span(), message));
                None
            }
            (false, _) => match mac.parse_body::<Expr>() {
                Ok(value) => {
                    if let Some(inner) = find(value.to_token_stream()) {
                        self.error(inner, "a yield cannot be in the value of another yield");
                    }
                    Some(value.into_token_stream())
                }
                Err(error) => {
                    self.spoiling_error(error.span(), "expected one value: `yield_!(value)`");
                    None
                }
            },
        }
    }

    fn macro_call(&mut self, mac: &mut Macro) -> Option<TokenStream> {
        if is_yield(mac) {
            return Some(self.yield_(mac));
        }
        let inside = find(mac.tokens.clone());
        if with::is_with(mac) {
            match with::parse(mac.tokens.clone()) {
                Ok(mut with) if with.body.unread.is_none() => {
                    self.blocks += 1;
                    for item in &mut with.items {
                        if let Some(token) = &item.is_async {
                            self.await_(token.span);
                        }
                        self.visit_expr_mut(&mut item.manager);
                    }
                    self.visit_block_mut(&mut with.body.block);
                    self.blocks -= 1;
                    if inside.is_some() {
                        nested::make_ours(mac, with, self.args);
                    }
                }
                // It reports that itself.
                _ => {
                    self.found = self.found.or(inside);
                    if inside.is_some() {
                        self.errors.leave_to_the_block();
                    }
                }
            }
            return None;
        }
        let inside = inside?;
        let message = "a yield cannot be in the arguments of a macro, which could run it twice, or \
                       elsewhere; put its outcome into a variable before the call";
        self.error(inside, message);
        None
    }

    fn no_macro_call(&mut self, span: Span) {
        self.found.get_or_insert(span);
        let message = "expected `yield_!(..)`: a yield is written as a macro call";
        self.spoiling_error(span, message);
    }

    fn await_(&mut self, span: Span) {
        if self.is_the_managers_own() && !self.is_async {
            let message = "a manager that is no `async fn` cannot await: write `async fn`";
            self.error(span, message);
        }
    }

    fn return_(&mut self, inner: &mut ExprReturn) {
        let is_ours = self.is_the_managers_own();
        let may_be_err = inner.expr.as_ref().is_some_and(|value| !is_ok(value));
        let may_fail = self.verdict_has_errors && may_be_err;
        visit_mut::visit_expr_return_mut(self, inner);
        if is_ours && self.found.is_none() && !may_fail {
            self.returns
                .push((inner.return_token.span, inner.expr.is_some()));
        }
    }
}

fn is_unit(value: &Expr) -> bool {
    matches!(value, Expr::Tuple(tuple) if tuple.elems.is_empty())
}

impl VisitMut for Yields<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Macro(call) => {
                let at = call.mac.path.span();
                if let Some(found) = self.macro_call(&mut call.mac) {
                    *expr = Expr::Verbatim(from_to(found, at));
                }
            }
            Expr::While(inner) => self.inside(Place::Loop, |this| {
                visit_mut::visit_expr_while_mut(this, inner);
            }),
            Expr::Loop(inner) => self.inside(Place::Loop, |this| {
                visit_mut::visit_expr_loop_mut(this, inner);
            }),
            Expr::ForLoop(inner) => {
                self.visit_expr_mut(&mut inner.expr);
                self.inside(Place::Loop, |this| this.visit_block_mut(&mut inner.body));
            }
            Expr::Closure(inner) => self.inside(Place::Closure, |this| {
                this.visit_expr_mut(&mut inner.body);
            }),
            Expr::Async(inner) => self.inside(Place::Async, |this| {
                this.visit_block_mut(&mut inner.block);
            }),
            Expr::Const(inner) => self.inside(Place::Const, |this| {
                this.visit_block_mut(&mut inner.block);
            }),
            Expr::Repeat(inner) => {
                self.visit_expr_mut(&mut inner.expr);
                self.inside(Place::Const, |this| this.visit_expr_mut(&mut inner.len));
            }
            Expr::Await(inner) => {
                self.await_(inner.await_token.span);
                visit_mut::visit_expr_await_mut(self, inner);
            }
            Expr::Yield(inner) => self.no_macro_call(inner.yield_token.span),
            Expr::Call(inner) if is_yield_function(&inner.func) => {
                self.no_macro_call(inner.func.span());
            }
            Expr::Return(inner) => self.return_(inner),
            Expr::If(inner) if is_false(&inner.cond) => {
                // Never runs: other attributes generate this (`#[tracing::instrument]`).
                let returns = self.returns.len();
                self.visit_block_mut(&mut inner.then_branch);
                self.returns.truncate(returns);
                if let Some((_, other)) = &mut inner.else_branch {
                    self.visit_expr_mut(other);
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        if let Some((_, others)) = block.stmts.split_last_mut() {
            for stmt in others {
                // A macro call in braces needs no semicolon, but what becomes of the yield does.
                if let Stmt::Macro(call) = stmt {
                    if is_yield(&call.mac) {
                        call.semi_token.get_or_insert_default();
                    }
                }
            }
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(call) = stmt {
            if let Some(found) = self.macro_call(&mut call.mac) {
                let attrs = &call.attrs;
                let found = Expr::Verbatim(quote!(#(#attrs)* #found));
                *stmt = Stmt::Expr(found, call.semi_token);
            }
        } else {
            visit_mut::visit_stmt_mut(self, stmt);
        }
    }

    fn visit_generic_argument_mut(&mut self, argument: &mut GenericArgument) {
        self.inside(Place::Const, |this| {
            visit_mut::visit_generic_argument_mut(this, argument);
        });
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        self.inside(Place::Const, |this| visit_mut::visit_type_mut(this, ty));
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        if let Some((_, guard)) = &mut arm.guard {
            self.inside(Place::Guard, |this| this.visit_expr_mut(guard));
        }
        self.visit_expr_mut(&mut arm.body);
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        if let Some(inside) = find(item.to_token_stream()) {
            let message = match item {
                Item::Macro(_) => "a yield cannot be in a macro of its own",
                _ => "a yield cannot be in a nested function, which has a body of its own",
            };
            self.spoiling_error(inside, message);
        }
    }
}

/// Moves the first and the last token of an expression to `at`, where the user wrote the yield: so the compiler takes
/// it for the user's, and points there if the type of the outcome does not fit.
///
/// Not for a yield that is a statement: the compiler would warn that its outcome is unused (`unused_results`).
fn from_to(expression: TokenStream, at: Span) -> TokenStream {
    let mut tokens: Vec<_> = expression.into_iter().collect();
    // Both of the `::` in front.
    let colons = tokens.iter().take_while(|token| is_punct(token, ':'));
    let colons = colons.count();
    let last = tokens.len() - 1;
    for (index, token) in tokens.iter_mut().enumerate() {
        if index < colons || index == last {
            token.set_span(at);
        }
    }
    tokens.into_iter().collect()
}

/// `yield_(..)`, without the `!`.
fn is_yield_function(called: &Expr) -> bool {
    matches!(called, Expr::Path(path) if path.path.is_ident(NAME))
}

fn is_false(condition: &Expr) -> bool {
    matches!(condition, Expr::Lit(ExprLit { lit: Lit::Bool(bool), .. }) if !bool.value)
}

/// `Ok(..)`
fn is_ok(value: &Expr) -> bool {
    let Expr::Call(call) = value else {
        return false;
    };
    matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "Ok"))
}
