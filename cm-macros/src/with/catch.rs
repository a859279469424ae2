//! `=> catch { .. }`: the body in an `async` block, which can be polled under `catch_unwind`.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::Lifetime;
use syn::visit_mut::VisitMut as _;

use super::frame::{Found, JumpKind, Leave};
use super::leave::value_at;
use super::model::Body;
use super::place::Place;
use super::private::Private;
use super::rewrite::{Rewriter, return_pin};
use super::site::site;

impl Rewriter {
    /// Input: the body of a `=> catch { .. }`. Output: its value, or a jump for its leaves.
    ///
    /// No jump can cross the border of the `async` block. So the leaves inside jump to the block's
    /// end, with what they carry in an `Either` each, and are told apart again outside.
    pub(crate) fn catch_body(&mut self, mut body: Body) -> TokenStream {
        self.visit_block_mut(&mut body.block);
        let frame = self.frames.last_mut().expect("a body has a frame");
        let inside = std::mem::take(&mut frame.leaves);
        let (awaits, hides) = (frame.awaits, frame.hides);
        let hidden = hides.then(|| self.return_(Place::of(site())));
        let outside: Vec<Lifetime> = inside.iter().map(|found| self.outside(found)).collect();
        let panic = self.panic();

        let private = self.private();
        let pin = return_pin();
        let end = self.label("end");
        let depth = inside.len();
        let block = &body.block;
        let mut code = {
            let label = self.label("caught");
            let caught = quote_spanned!(site()=> caught);
            let value = either(&private, depth, None, &caught);
            quote_spanned!(site()=>
                let #caught = #label: {
                    #[allow(unreachable_code)]
                    if false { break #label #private::body_type(kind, loop {}); }
                    match () { () => #block }
                };
                #[allow(unreachable_code)]
                break #end #value;
            )
        };
        let mut arms = TokenStream::new();
        for (at, (found, outside)) in inside.iter().zip(&outside).enumerate() {
            let label = &found.label;
            let left = quote_spanned!(site()=> left);
            let value = either(&private, depth - 1 - at, Some(()), &left);
            let jumped = if matches!(found.leave, Leave::Return(_)) {
                value_at(&private, &pin, label, &found.cfgs, &code)
            } else {
                quote_spanned!(site()=> #label: { #code })
            };
            code = quote_spanned!(site()=>
                let left = #jumped;
                #[allow(unreachable_code)]
                break #end #value;
            );
            let is_unit = match &found.leave {
                Leave::BareReturn(_) => true,
                Leave::Jump(jump) => jump.kind != JumpKind::BreakWithValue,
                _ => false,
            };
            arms.extend(if is_unit {
                quote_spanned!(site()=> #value => { let () = left; break #outside; })
            } else {
                quote_spanned!(site()=> #value => break #outside left,)
            });
        }
        let value = either(&private, depth, None, &quote_spanned!(site()=> value));
        let pinned = hidden.as_ref().map(|_| {
            quote_spanned!(site()=>
                #[allow(unreachable_code)]
                if false { loop {} return #private::pin_of(#pin); }
            )
        });
        let hidden = hidden.map(|label| {
            quote_spanned!(site()=> if let #private::Some(left) = left { break #label left; })
        });
        let code = quote_spanned!(site()=> #private::pin!(async {
            #pinned
            let ended = #end: { #code };
            #private::Put::put(&slot, ended);
            #private::ended().await
        }));
        let (slot, run) = if awaits {
            let drive = quote_spanned!(site()=> #private::catch_drive(&slot, code));
            (
                quote_spanned!(site()=> SharedSlot),
                quote_spanned!(site()=> #private::Watch::over(&watch, #private::pin!(#drive)).await),
            )
        } else {
            (
                quote_spanned!(site()=> Slot),
                quote_spanned!(site()=> #private::catch_run(code)),
            )
        };
        quote_spanned!(site()=> {
            let slot = #private::#slot::new();
            let left = {
                let code = #code;
                #run
            };
            match left {
                #private::Ok(left) => { #hidden }
                #private::Err(payload) => break #panic payload,
            }
            match slot.end() {
                #value => value,
                #arms
            }
        })
    }

    /// The label outside of the `async` block for a leave inside.
    fn outside(&mut self, found: &Found) -> Lifetime {
        let around = std::mem::replace(&mut self.cfgs, found.cfgs.clone());
        let label = match &found.leave {
            Leave::Question(place) => self.found("question", Leave::Question(*place)),
            Leave::Return(place) => self.return_(*place),
            Leave::BareReturn(span) => self.bare_return(*span),
            Leave::Jump(jump) => self.found("jump", Leave::Jump(jump.clone())),
            Leave::Panic => self.panic(),
        };
        self.cfgs = around;
        label
    }
}

/// `value` as the leave (`Some`) or the body's value that is `depth` leaves further in.
fn either(private: &Private, depth: usize, leave: Option<()>, value: &TokenStream) -> TokenStream {
    let mut tokens = match leave {
        Some(()) => quote_spanned!(site()=> #private::Either::Leave(#value)),
        None => value.clone(),
    };
    for _ in 0..depth {
        tokens = quote_spanned!(site()=> #private::Either::Inner(#tokens));
    }
    tokens
}
