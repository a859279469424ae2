//! Macro calls in a body: rewritten where they leave, or await.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Expr, Macro, MacroDelimiter, Stmt, Token};

use super::block::braced;
use super::captured::{POLLS, captured};
use super::foreign::{self, Arguments, Branch, Foreign, Leaves, LeavesBy};
use super::frame::Stop;
use super::place::{self, Place};
use super::rewrite::{Rewriter, return_pin};
use super::site::site;

/// Where a macro call stands.
#[derive(Clone, Copy)]
pub(super) enum MacroPlace<'s> {
    Expression,
    Statement {
        /// A call in braces need not have one.
        semicolon: Option<Token![;]>,
        /// The next statement of the block.
        behind: Option<&'s Stmt>,
    },
    /// With nothing behind it: its value may be that of the block.
    LastStatement,
}

impl Rewriter {
    /// A macro call in the body, if it has to be replaced: an expression, or whole statements where it is one.
    pub(super) fn macro_call(&mut self, mac: &Macro, place: MacroPlace) -> Option<TokenStream> {
        let tokens = match foreign::classify(mac) {
            Foreign::With(mut with) => {
                // By its name alone it needs the import of the call around it, which is in use.
                if mac.path.segments.len() > 1 {
                    with.use_path(&mac.path);
                }
                self.with(with)
            }
            Foreign::Select(branches) => self.selecting(mac, branches),
            Foreign::Harmless => return None,
            Foreign::Expressions(arguments) => self.expressions(mac, arguments),
            Foreign::Leaves(leaves) => {
                if let Some((condition, failing)) = foreign::ensured(mac) {
                    self.ensured(condition, &failing)
                } else {
                    let captured = self.captured_macro(mac, place, leaves);
                    // If nothing comes back from the macro, the block is of any type, as if it stood there itself.
                    let is_last = matches!(place, MacroPlace::Statement { behind: None, .. });
                    if is_last && leaves.by == LeavesBy::Return {
                        return Some(captured);
                    }
                    captured
                }
            }
            Foreign::Awaits => return Some(self.awaiting_macro(mac, place)),
            Foreign::Unknown => {
                self.hides();
                let awaits = self.frame().is_async;
                return awaits.then(|| self.awaiting_macro(mac, place));
            }
        };
        Some(match place {
            MacroPlace::Statement {
                semicolon: Some(semicolon),
                ..
            } => quote_spanned!(site()=> #tokens #semicolon),
            MacroPlace::Statement { .. } | MacroPlace::LastStatement => at_place_of(mac, tokens),
            MacroPlace::Expression => tokens,
        })
    }

    /// Input: a call of a macro that takes expressions. Output: the same with the leaves in these rewritten. The text
    /// that `assert!` and `dbg!` show of an expression stays as the user wrote it.
    fn expressions(&mut self, mac: &Macro, mut arguments: Arguments) -> TokenStream {
        let written = arguments.expressions.clone();
        self.elements(&mut arguments.expressions);
        let mut mac = mac.clone();
        let at = mac.path.span();
        match (foreign::name(&mac).as_deref(), &written[..]) {
            (Some("assert" | "debug_assert"), [written]) => {
                let condition = &arguments.expressions[0];
                mac.tokens = quote_spanned!(at=>
                    #condition,
                    "{}",
                    ::core::concat!("assertion failed: ", ::core::stringify!(#written))
                );
            }
            (Some("dbg"), [_, ..]) => {
                let values = arguments.expressions.iter().zip(&written);
                let shown = values.map(|(value, written)| shown(at, value, written));
                let comma = (written.len() > 1).then(|| quote_spanned!(at=> ,));
                return quote_spanned!(at=> (#(#shown #comma)*));
            }
            _ => mac.tokens = arguments.into_tokens(),
        }
        mac.into_token_stream()
    }

    /// Input: the parts of `ensure!(condition, message)`. Output: the same, with only the failing call
    /// captured: what the message uses is not moved where the condition holds.
    fn ensured(&mut self, mut condition: Expr, failing: &Macro) -> TokenStream {
        self.visit_expr_mut(&mut condition);
        let leaves = Leaves {
            by: LeavesBy::Itself,
            awaits: foreign::shows_await(failing),
            always: true,
        };
        let fails = self.captured_macro(failing, MacroPlace::Expression, leaves);
        let at = site().located_at(failing.path.span());
        quote_spanned!(at=> if (#condition) {} else { #fails })
    }

    /// Input: a foreign macro call that shows or is known to hide a leave. Output: its value; a
    /// leave completes the block around it, and goes on from here.
    fn captured_macro(&mut self, mac: &Macro, place: MacroPlace, leaves: Leaves) -> TokenStream {
        let private = self.private();
        let Leaves { by, awaits, always } = leaves;
        let awaits = awaits || self.frame().is_async;
        let stop = self
            .frame()
            .stop
            .clone()
            .filter(|_| by == LeavesBy::Question);
        let (label, pin) = if let Some(Stop { label, pin }) = stop {
            (label, pin)
        } else {
            let last = mac.path.segments.last();
            let span = last.map_or_else(site, |segment| segment.ident.span());
            self.pins_returns = true;
            let place = Place::of(span);
            let label = if by == LeavesBy::Return {
                self.return_(place)
            } else {
                self.of_macro(place)
            };
            (label, return_pin())
        };
        // The statement in front keeps clippy from taking a macro that returns for a mistake.
        let semicolon = match place {
            MacroPlace::Statement { semicolon, .. } => semicolon,
            MacroPlace::LastStatement | MacroPlace::Expression => None,
        };
        let value = quote_spanned!(site()=> { let _ = &slot; #mac #semicolon });
        let code = quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if false { loop {} return #private::pin_of(#pin); }
            #[allow(unreachable_code)]
            #private::Put::put(&slot, #value);
        );
        if awaits {
            self.awaits();
        }
        let run = captured(&private, &POLLS, awaits.then(site), mac.path.span(), &code);
        // What stands behind a macro that always returns is not reached.
        let end = format_ident!("{}", if always { "left" } else { "end" }, span = site());
        // With a semicolon the value is `()`, of which the type can be wrong if the block ends with it.
        let at = semicolon.map_or_else(site, |_| site().located_at(mac.path.span()));
        let ended = quote_spanned!(at=> slot.#end());
        quote_spanned!(site()=> {
            #run
            if let #private::Some(left) = left { break #label left; }
            #ended
        })
    }

    /// Input: a `select!`. Output: the same with the leaves in its handlers rewritten, which run when it awaits no more.
    fn selecting(&mut self, mac: &Macro, branches: Vec<Branch>) -> TokenStream {
        self.awaits();
        let mut mac = mac.clone();
        mac.tokens = TokenStream::new();
        for Branch {
            head,
            mut handler,
            comma,
        } in branches
        {
            self.visit_expr_mut(&mut handler);
            // A block in any case: it needs no comma, and of its value the compiler points at the end.
            let handler = if let Expr::Block(mut inner) = handler {
                let awaited = self.awaited(inner.block.brace_token.span.join());
                inner.block.stmts.insert(0, awaited);
                inner.into_token_stream()
            } else {
                let awaited = self.awaited(site());
                quote_spanned!(site()=> { #awaited (#handler) })
            };
            mac.tokens
                .extend([head, handler, comma.into_token_stream()]);
        }
        let span = mac.path.span();
        let private = self.private_at(span);
        quote_spanned!(site().located_at(span)=> { #private::Watch::enter_macro(&watch); #mac })
    }

    /// The first statement of a handler. If it is the only one, the compiler points at it when the type is wrong.
    fn awaited(&self, span: Span) -> Stmt {
        let private = self.private_at(span);
        let at = site().located_at(span);
        let awaited = quote_spanned!(at=> #private::Watch::leave_macro(&watch););
        Stmt::Expr(Expr::Verbatim(awaited), None)
    }

    /// Input: a foreign macro call that awaits. Output: the same, with a note around it.
    fn awaiting_macro(&mut self, mac: &Macro, place: MacroPlace) -> TokenStream {
        self.awaits();
        let private = self.private();
        let note = quote_spanned!(site()=> #private::Watch::enter_macro(&watch));
        // If nothing comes back from the macro, a warning of this would be one of generated code.
        let arm = |pattern| {
            quote_spanned!(site()=>
                #[allow(unreachable_code)]
                #pattern => {
                    #private::Watch::leave_macro(&watch);
                    value
                }
            )
        };
        match place {
            // Not in a block of its own: what it declares is for the statements behind it.
            MacroPlace::Statement { semicolon, behind } => {
                let noted = self.noted(behind);
                quote_spanned!(site()=> #note; #mac #semicolon #noted)
            }
            // It may be several statements, and what the block around it ends with.
            MacroPlace::LastStatement => {
                let arm = arm(quote_spanned!(site()=> value));
                at_place_of(mac, quote_spanned!(site()=> match { #note; #mac } { #arm }))
            }
            MacroPlace::Expression => {
                let arm = arm(quote_spanned!(site()=> (_, value)));
                // If nothing comes back from the macro, the compiler warns of the tuple.
                let mut called =
                    Group::new(Delimiter::Parenthesis, quote_spanned!(site()=> #note, #mac));
                called.set_span(site().located_at(mac.path.span()));
                quote_spanned!(site()=> (match #called { #arm }))
            }
        }
    }

    /// The statement behind a macro that awaits. If nothing comes back from that, the compiler warns at the statement that
    /// is next, which is to be the user's.
    fn noted(&self, behind: Option<&Stmt>) -> TokenStream {
        let place = behind.and_then(place::of_statement);
        let (begin, end) = place.map_or_else(
            || (site(), site()),
            |(begin, end)| (site().located_at(begin), site().located_at(end)),
        );
        let allowed = place
            .is_none()
            .then(|| quote_spanned!(site()=> #[allow(unreachable_code)]));
        let private = self.private_at(begin);
        let end = Token![;](end);
        quote_spanned!(begin=> #allowed #private::Watch::leave_macro(&watch) #end)
    }
}

/// Input: what a macro call becomes. Output: the same as an expression that stands where the call does. Of one in braces
/// clippy (`semicolon_if_nothing_returned`) looks there for a brace at the end.
fn at_place_of(call: &Macro, tokens: TokenStream) -> TokenStream {
    if !matches!(call.delimiter, MacroDelimiter::Brace(_)) {
        return tokens;
    }
    let keyword = Token![match](call.path.span());
    let arms = braced(
        call.delimiter.span().close(),
        quote_spanned!(site()=> () => { #tokens }),
    );
    quote_spanned!(site()=> #keyword () #arms)
}

/// What `dbg!` does with one of its arguments.
fn shown(at: Span, value: &Expr, written: &Expr) -> TokenStream {
    let name = Ident::new("value", site().located_at(at));
    quote_spanned!(at=>
        match #value {
            #name => {
                ::std::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::core::file!(),
                    ::core::line!(),
                    ::core::column!(),
                    ::core::stringify!(#written),
                    &#name
                );
                #name
            }
        }
    )
}
