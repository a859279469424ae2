//! `=> catch { .. }`: the body in an `async` block, which can be polled under `catch_unwind`.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Lifetime;

use super::captured::{CATCHING_POLLS, captured};
use super::expand::attributed;
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
    /// No jump can cross the border of the `async` block. So the leaves inside jump to the block's end, each with what
    /// it carries in an `Either` of its own depth, and are told apart again outside.
    pub(super) fn catch_body(&mut self, mut body: Body, span: Span) -> TokenStream {
        self.body_with_end(&mut body.block);
        let frame = self.frame();
        let inside = std::mem::take(&mut frame.leaves);
        let hides = frame.hides;
        let awaits = frame.awaits.then(|| frame.first_await.unwrap_or_else(site));
        let hidden = hides.then(|| self.of_macro(Place::of(site())));
        let outside: Vec<Lifetime> = inside.iter().map(|found| self.outside(found)).collect();
        let panic = self.panic();

        let border = Border {
            private: self.private(),
            end: self.label("end"),
            leaves: inside.len(),
        };
        let mut code = border.body(&self.label("caught"), &attributed(&body));
        for (at, found) in inside.iter().enumerate() {
            code = border.around(at, found, &code);
        }
        let leaves = inside.iter().zip(&outside).enumerate();
        let arms = leaves.map(|(at, (found, outside))| border.arm(at, found, outside));
        let arms: TokenStream = arms.collect();
        let value = border.value(quote_spanned!(site()=> value));

        let Border { private, end, .. } = &border;
        self.pins_returns |= self.returns;
        let pin = return_pin();
        let pinned = hidden.as_ref().map(|_| {
            quote_spanned!(site()=>
                #[allow(unreachable_code)]
                if false { loop {} return #private::pin_of(#pin); }
            )
        });
        let hidden = hidden.map(|label| {
            quote_spanned!(site()=> if let #private::Some(left) = left { break #label left; })
        });
        let code = quote_spanned!(site()=>
            #pinned
            let ended = #end: { #code };
            #private::Put::put(&slot, ended);
        );
        let run = captured(private, &CATCHING_POLLS, awaits, span, &code);
        quote_spanned!(site()=> {
            #run
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
        self.under(&found.cfgs, |this| match &found.leave {
            Leave::Question(place) => this.found("question", Leave::Question(*place)),
            Leave::Return(place) => this.return_(*place),
            Leave::OfMacro(place) => this.of_macro(*place),
            Leave::BareReturn(span) => this.bare_return(*span),
            Leave::Jump(jump) => this.found("jump", Leave::Jump(jump.clone())),
            Leave::Panic => this.panic(),
        })
    }
}

/// The border of the `async` block, which each way out of it crosses as a value of its own.
struct Border {
    private: Private,
    /// Where the block ends, with one of these values.
    end: Lifetime,
    leaves: usize,
}

impl Border {
    /// Input: the rewritten body. Output: code that takes its value to the end.
    fn body(&self, label: &Lifetime, block: &TokenStream) -> TokenStream {
        let Self { private, end, .. } = self;
        let caught = quote_spanned!(site()=> caught);
        let value = self.value(caught.clone());
        quote_spanned!(site()=>
            let #caught = #label: {
                #[allow(unreachable_code)]
                if false { break #label #private::body_type(kind, loop {}); }
                match () { () => #block }
            };
            #[allow(unreachable_code)]
            break #end #value;
        )
    }

    /// Input: code that takes a value to the end. Output: the same inside of the label of one more
    /// leave, the one at `at`, which is taken to the end as well.
    fn around(&self, at: usize, found: &Found, code: &TokenStream) -> TokenStream {
        let Self { private, end, .. } = self;
        let label = &found.label;
        let left = quote_spanned!(site()=> left);
        let value = self.leave(at, &left);
        let jumped = if found.returns() {
            value_at(private, &return_pin(), label, code)
        } else {
            quote_spanned!(site()=> #label: { #code })
        };
        quote_spanned!(site()=>
            let #left = #jumped;
            #[allow(unreachable_code)]
            break #end #value;
        )
    }

    /// The arm outside for the leave at `at`, which goes on from there.
    fn arm(&self, at: usize, found: &Found, outside: &Lifetime) -> TokenStream {
        let value = self.leave(at, &quote_spanned!(site()=> left));
        let is_unit = match &found.leave {
            Leave::BareReturn(_) => true,
            Leave::Jump(jump) => jump.kind != JumpKind::BreakWithValue,
            _ => false,
        };
        if is_unit {
            quote_spanned!(site()=> #value => { let () = left; break #outside; })
        } else {
            quote_spanned!(site()=> #value => break #outside left,)
        }
    }

    /// The body's value, as it crosses the border. An expression, and a pattern.
    fn value(&self, value: TokenStream) -> TokenStream {
        self.inner(self.leaves, value)
    }

    /// The same for what the leave at `at` carries.
    fn leave(&self, at: usize, left: &TokenStream) -> TokenStream {
        let private = &self.private;
        let leave = quote_spanned!(site()=> #private::Either::Leave(#left));
        self.inner(self.leaves - 1 - at, leave)
    }

    fn inner(&self, depth: usize, tokens: TokenStream) -> TokenStream {
        let private = &self.private;
        (0..depth).fold(
            tokens,
            |tokens, _| quote_spanned!(site()=> #private::Either::Inner(#tokens)),
        )
    }
}
