//! What happens behind the label of a leave: exit is called, and the leave goes on.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::Lifetime;

use super::block::Block;
use super::frame::{Found, Jump, JumpKind, Leave};
use super::rewrite::{Rewriter, located_at, return_pin, site};

impl Rewriter {
    /// Input: code that ends by leaving. Output: the same inside of the label of one more leave,
    /// and behind it exit and what the leave does then.
    pub(super) fn around(
        &mut self,
        block: &Block,
        found: Found,
        nest: &TokenStream,
        pins: &mut TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let label = found.label;
        let leave = quote_spanned!(site()=> #private::Leave);
        // Where the scope's own end is: a value that escapes is reported there, once.
        let end = block.end.0;
        let scope = quote_spanned!(end=> scope);
        match found.leave {
            Leave::Question(span, cfgs) => {
                let at = site().located_at(span);
                let exit = block.exit(
                    span,
                    &quote_spanned!(at=>
                        exit_question(scope, &residual, 0, 0, 0)
                    ),
                );
                let mut go_on = TokenStream::new();
                self.configured(cfgs.clone(), |this| {
                    go_on = this.go_on_question(span, &quote_spanned!(at=> residual));
                });
                let after = if cfgs.is_empty() {
                    quote_spanned!(site()=> #exit #go_on)
                } else {
                    // Configured away, nothing jumps to the label, and this is not reached.
                    quote_spanned!(site()=>
                        #(#cfgs)*
                        { #exit #go_on };
                        #[allow(unreachable_code)]
                        { loop {} };
                    )
                };
                quote_spanned!(site()=> let residual = #label: { #nest }; #after)
            }
            Leave::Return(span) => {
                let pin = return_pin();
                let at = site().located_at(span);
                let exit = block.exit(
                    span,
                    &quote_spanned!(at=>
                        exit_with(#scope, &value, #leave::Return, 0, 0, 0)
                    ),
                );
                let go_on = if self.frames.is_empty() {
                    quote_spanned!(at=> return value;)
                } else {
                    let outer = self.return_(span);
                    quote_spanned!(site()=> break #outer value;)
                };
                quote_spanned!(site()=>
                    let value = #private::Pinned::same(#pin, #label: { #nest });
                    #exit
                    #[allow(unreachable_code)]
                    #go_on
                )
            }
            Leave::Jump(jump) => {
                let told = if jump.kind == JumpKind::Continue {
                    quote_spanned!(site()=> #leave::Continue)
                } else {
                    quote_spanned!(site()=> #leave::Break)
                };
                let at = site().located_at(jump.span.0);
                let exit = block.exit(
                    jump.span.0,
                    &quote_spanned!(at=>
                        exit(#scope, #private::Outcome::Succeeded(#told))
                    ),
                );
                let (go_on, pin) = self.go_on_jump(block, &jump);
                let jumped = quote_spanned!(site()=> #label: { #nest });
                if jump.kind != JumpKind::BreakWithValue {
                    return quote_spanned!(site()=> #jumped #exit #go_on);
                }
                let Some(pin) = pin else {
                    return quote_spanned!(site()=> let value = #jumped; #exit #go_on);
                };
                let name = format_ident!("{}", label.ident, span = at);
                let get = located_at(
                    quote_spanned!(at=> #private::Pinned::get(#name)),
                    jump.span.0,
                );
                let pin = quote_spanned!(at=> #pin #get;);
                pins.extend(quote_spanned!(site()=>
                    let #name = #private::pinned();
                    #[allow(unreachable_code)]
                    if false { loop {} #pin }
                ));
                quote_spanned!(site()=>
                    let value = #private::Pinned::same(#name, #jumped);
                    #exit
                    #go_on
                )
            }
            Leave::Panic => {
                let turn = block.turn();
                quote_spanned!(site()=>
                    let payload = #label: { #nest };
                    let turn = #private::Scope::exit_caught(scope, payload);
                    #[allow(unreachable_code)]
                    { #turn }
                )
            }
        }
    }

    /// A `?` that goes on: out of the function, or to the block around this one.
    pub(super) fn go_on_question(&mut self, span: Span, residual: &TokenStream) -> TokenStream {
        if self.frames.is_empty() {
            let at = site().located_at(span);
            return quote_spanned!(at=>
                #[allow(unreachable_code)]
                match #residual? {}
            );
        }
        let jump = self.question(span, residual);
        quote_spanned!(site()=> #jump;)
    }

    /// A `break` or `continue` that goes on; and, where it is the user's own `break` with a value,
    /// how it is written.
    fn go_on_jump(&mut self, block: &Block, jump: &Jump) -> (TokenStream, Option<TokenStream>) {
        let private = &block.private;
        let has_value = jump.kind == JumpKind::BreakWithValue;
        let value = has_value.then(|| quote_spanned!(site()=> value));
        if !self.frames.is_empty() {
            if let Some(outer) = self.jump(jump) {
                return (quote_spanned!(site()=> break #outer #value;), None);
            }
        }
        let (at, target) = (site().located_at(jump.span.0), &jump.target);
        let keyword = if jump.kind == JumpKind::Continue {
            quote_spanned!(at=> continue)
        } else {
            quote_spanned!(at=> break)
        };
        let pin = has_value.then(|| quote_spanned!(at=> #keyword #target));
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
            _ => quote_spanned!(at=> #keyword #target #value;),
        };
        (go_on, pin)
    }

    /// The kind of a leave that has to go on outside of all labelled blocks.
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
        let at = site().located_at(jump.span.0);
        match jump.kind {
            JumpKind::Break => {
                (breaks, break_type) = (quote_spanned!(at=> (()) => break), open);
            }
            JumpKind::BreakWithValue => {
                (breaks, break_type) = (quote_spanned!(at=> (value) => break value), open);
            }
            JumpKind::Continue => {
                (continues, continue_type) = (quote_spanned!(at=> (()) => continue), open);
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
