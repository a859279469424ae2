//! What happens behind the label of a leave: exit is called, and the leave goes on.
//!
//! The variable that holds what leaves stands where the leave does: if it is not `Send`, and exit is awaited, the compiler
//! points there.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Lifetime;

use super::block::{Block, Told, located, zero};
use super::frame::{Found, Jump, JumpKind, Leave, Position};
use super::place::Place;
use super::private::Private;
use super::rewrite::{Rewriter, return_pin};
use super::site::site;

impl Rewriter {
    /// Input: code that does not reach its end, but leaves. Output: the same inside of the label of one more leave, and
    /// behind that label exit, and what the leave does then.
    pub(super) fn around(
        &mut self,
        block: &Block,
        found: &Found,
        nest: &TokenStream,
        pins: &mut TokenStream,
    ) -> TokenStream {
        self.under(&found.cfgs, |this| match &found.leave {
            Leave::Question(place) => this.around_question(block, found, *place, nest),
            Leave::Return(place) | Leave::OfMacro(place) => {
                this.around_return(block, found, *place, nest)
            }
            Leave::BareReturn(span) => this.around_bare_return(block, found, *span, nest),
            Leave::Jump(jump) => this.around_jump(block, found, jump, nest, pins),
            Leave::Panic => this.around_panic(block, found, nest),
        })
    }

    fn around_question(
        &mut self,
        block: &Block,
        Found { label, cfgs, .. }: &Found,
        place: Place,
        nest: &TokenStream,
    ) -> TokenStream {
        let turned = &block.turned;
        let goes_on = self.go_on(place, &block.exit_question(place));
        let mut after = quote_spanned!(site()=>
            #[allow(unreachable_code)]
            break #turned #goes_on;
        );
        if !cfgs.is_empty() {
            // Configured away, nothing jumps to the label, and this is not reached.
            after = quote_spanned!(site()=>
                #(#cfgs)*
                { #after };
                #[allow(unreachable_code)]
                { loop {} };
            );
        }
        let residual = located("residual", place.mark);
        quote_spanned!(site()=> let #residual = #label: { #nest }; #after)
    }

    fn around_return(
        &mut self,
        block: &Block,
        found: &Found,
        place: Place,
        nest: &TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let Found { label, leave, cfgs } = found;
        let is_of_macro = matches!(leave, Leave::OfMacro(_));
        let Place { mark, operand } = place;
        let at = site().located_at(mark);
        let zero = zero(at);
        let told = if is_of_macro {
            Told {
                name: "_of_macro",
                arguments: quote_spanned!(at=> &value, #zero, #zero, #zero, #zero),
            }
        } else {
            Told {
                name: "_return",
                arguments: quote_spanned!(at=> &value, #zero, #zero, #zero),
            }
        };
        let exit = block.exit(mark, &told);
        let go_on = if self.frames.is_empty() {
            let value = located("value", operand.0);
            quote_spanned!(at=> return #value;)
        } else {
            let outer = if is_of_macro {
                self.of_macro(place)
            } else {
                self.return_(place)
            };
            quote_spanned!(site()=> break #outer value;)
        };
        // If there is no `#[cfg]`, `return_pins` has said of what type the value is.
        let value = if cfgs.is_empty() {
            quote_spanned!(site()=> #label: { #nest })
        } else {
            value_at(private, &return_pin(), label, nest)
        };
        let name = located("value", mark);
        quote_spanned!(site()=>
            let #name = #value;
            #exit
            #go_on
        )
    }

    fn around_bare_return(
        &mut self,
        block: &Block,
        Found { label, .. }: &Found,
        span: Span,
        nest: &TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let told = Told {
            name: "_jump",
            arguments: quote_spanned!(site()=> #private::Leave::Return),
        };
        let exit = block.exit(span, &told);
        let go_on = if self.frames.is_empty() {
            // The user's own, so that it is reported as that where a value is missing.
            quote_spanned!(span=> return;)
        } else {
            let outer = self.bare_return(span);
            quote_spanned!(site()=> break #outer;)
        };
        quote_spanned!(site()=> #label: { #nest } #exit #go_on)
    }

    fn around_jump(
        &mut self,
        block: &Block,
        Found { label, .. }: &Found,
        jump: &Jump,
        nest: &TokenStream,
        pins: &mut TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let told = if jump.kind == JumpKind::Continue {
            quote_spanned!(site()=> #private::Leave::Continue)
        } else {
            quote_spanned!(site()=> #private::Leave::Break)
        };
        let mark = jump.place.mark;
        let at = site().located_at(mark);
        let told = Told {
            name: "_jump",
            arguments: told,
        };
        let exit = block.exit(mark, &told);
        let (go_on, is_carried_out) = self.go_on_jump(block, jump);
        if jump.kind != JumpKind::BreakWithValue {
            return quote_spanned!(site()=> #label: { #nest } #exit #go_on);
        }
        let kept = located("value", mark);
        if !is_carried_out {
            return quote_spanned!(site()=> let #kept = #label: { #nest }; #exit #go_on);
        }
        let name = format_ident!("{}", label.ident, span = at);
        let pin = jump.written(&quote_spanned!(at=> #private::pin_of), &name);
        pins.extend(quote_spanned!(site()=>
            let #name = #private::pinned();
            #[allow(unreachable_code)]
            if false { loop {} #pin; }
        ));
        let value = value_at(private, &name, label, nest);
        quote_spanned!(site()=>
            let #kept = #value;
            #exit
            #go_on
        )
    }

    fn around_panic(
        &mut self,
        block: &Block,
        Found { label, .. }: &Found,
        nest: &TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let told = Told {
            name: "_caught",
            arguments: quote_spanned!(site()=> &*payload),
        };
        let (exited, turned) = (block.exited(site(), &told), &block.turned);
        let go_on = if block.position == Position::FurtherIn {
            let outer = self.panic();
            quote_spanned!(site()=> break #outer payload)
        } else {
            quote_spanned!(site()=> #private::resume(payload))
        };
        // One statement, else clippy (`significant_drop_tightening`) says that the scope could be dropped before the
        // call that comes next.
        quote_spanned!(site()=>
            let payload = #label: { #nest };
            #[allow(unreachable_code)]
            break #turned match #exited {
                #private::Err(turn) => turn,
                #private::Ok(()) => #go_on,
            };
        )
    }

    /// What a `break` or `continue` does after exit; and whether it is then the user's own jump, and not one to the
    /// block around this one.
    fn go_on_jump(&mut self, block: &Block, jump: &Jump) -> (TokenStream, bool) {
        let private = &block.private;
        let has_value = jump.kind == JumpKind::BreakWithValue;
        let value = has_value.then(|| quote_spanned!(site()=> value));
        if !self.frames.is_empty() {
            if let Some(outer) = self.jump(jump) {
                return (quote_spanned!(site()=> break #outer #value;), false);
            }
        }
        let go_on = match (&block.flow, jump.kind) {
            (Some(flow), kind) if jump.target.is_none() => {
                let variant = if kind == JumpKind::Continue {
                    quote_spanned!(site()=> Continue)
                } else {
                    quote_spanned!(site()=> Break)
                };
                let value = value.unwrap_or_else(|| quote_spanned!(site()=> ()));
                quote_spanned!(site()=> break #flow #private::Flow::#variant(#value);)
            }
            _ => carried_out(private, jump),
        };
        (go_on, true)
    }

    /// The jump of a leave, if that has to go on outside of all labelled blocks.
    pub(super) fn flows(&self, leave: &Leave) -> Option<Jump> {
        match leave {
            Leave::Jump(jump) if jump.target.is_none() => {
                let stays = self.frames.last().is_none_or(|outer| outer.keeps(None));
                stays.then(|| jump.clone())
            }
            _ => None,
        }
    }
}

/// Input: a block in which unlabelled jumps are found. Output: the block, with these jumps outside
/// of its labels, where the compiler accepts them.
pub(super) fn with_flow(
    block: &Block,
    flow: &Lifetime,
    jumps: &[Jump],
    real: &TokenStream,
) -> TokenStream {
    let private = &block.private;
    let never = quote_spanned!(site()=> (never) => match never {});
    let infallible = quote_spanned!(site()=> #private::Infallible);
    let (mut breaks, mut break_type) = (never.clone(), infallible.clone());
    let (mut continues, mut continue_type) = (never, infallible);
    for jump in jumps {
        let open = quote_spanned!(site()=> _);
        let written = carried_out(private, jump);
        match jump.kind {
            JumpKind::Break => {
                (breaks, break_type) = (quote_spanned!(site()=> (()) => #written), open);
            }
            JumpKind::BreakWithValue => {
                (breaks, break_type) = (quote_spanned!(site()=> (value) => #written), open);
            }
            JumpKind::Continue => {
                (continues, continue_type) = (quote_spanned!(site()=> (()) => #written), open);
            }
        }
    }
    quote_spanned!(site()=> {
        let out;
        match #flow: {
            let done = #real;
            #[allow(unreachable_code)]
            break #flow #private::Flow::<_, #break_type, #continue_type>::Done(done);
        } {
            #private::Flow::Done(done) => out = done,
            #private::Flow::Break #breaks,
            #private::Flow::Continue #continues,
        }
        out
    })
}

/// The user's own jump, behind exit, with the `value` that it has taken along.
fn carried_out(private: &Private, jump: &Jump) -> TokenStream {
    let get = quote_spanned!(site()=> #private::lent);
    jump.written(&get, &Ident::new("value", site()))
}

/// The value with which code jumps to a label, of the type that is pinned.
///
/// There is one jump that is never taken, so that what follows does not become unreachable where all others are
/// configured away, or have values that diverge.
pub(super) fn value_at(
    private: &Private,
    pin: &Ident,
    label: &Lifetime,
    nest: &TokenStream,
) -> TokenStream {
    quote_spanned!(site()=>
        #private::same(#pin, #label: {
            if false { break #label #private::pin_of(#pin); }
            #nest
        })
    )
}
