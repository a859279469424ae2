//! The code that the leaves of one block have in common: enter and the body, exit, and the block's
//! end.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{Lifetime, Pat};

use super::model::Item;
use super::rewrite::{located_at, site};

/// What the code of one manager's block has in common.
pub(super) struct Block {
    pub(super) private: TokenStream,
    /// Where errors about the manager and its value point, and the path there.
    pub(super) manager: (Span, TokenStream),
    /// Where errors about the end of the body point, and the path there.
    pub(super) end: (Span, TokenStream),
    /// Where the body ends with its value.
    pub(super) body: Lifetime,
    /// Where the block ends with its value.
    pub(super) done: Lifetime,
    /// Where an error of enter or exit leaves, under a `?` in the header.
    pub(super) raise: Option<Lifetime>,
    /// Where an unlabelled `break` or `continue` leaves: no labelled block may be around it.
    pub(super) flow: Option<Lifetime>,
    /// The `async` of the item: enter and exit are awaited.
    pub(super) is_async: Option<Span>,
}

/// What exit is told: of a value, of a `?`, or something else.
pub(super) struct Told {
    /// How the functions of `Scope` and `Kind` for it end.
    pub(super) name: &'static str,
    pub(super) arguments: TokenStream,
}

impl Block {
    /// Enter, the bindings, the body, and exit at its end.
    ///
    /// All of it is the operand of the `break`: so the block diverges where the body does. The
    /// statement in front keeps clippy from taking the `break` for a mistake
    /// (`diverging_sub_expression`).
    pub(super) fn entered(&self, item: &Item, body: &TokenStream) -> TokenStream {
        let Self {
            private,
            done,
            body: body_label,
            manager: (at, private_at),
            end: (end, private_end),
            ..
        } = self;
        let (failed, wrap) = if let Some(raise) = &self.raise {
            (
                quote_spanned!(site()=> break #raise #private::Kind::raise(kind, error);),
                quote_spanned!(site()=> open),
            )
        } else {
            (
                quote_spanned!(site()=> break #done #private::Kind::block(kind, #private::Kind::failed(kind, error));),
                quote_spanned!(site()=> value),
            )
        };
        let (name, bind) = match &item.pattern {
            Some(pattern) => {
                let ty = item.ty.as_ref().map(|ty| quote_spanned!(site()=> : #ty));
                let name = quote_spanned!(*at=> value);
                // Through a call, else clippy takes `_name` for a binding without an effect.
                let value = if is_underscored(pattern) {
                    quote_spanned!(*at=> #private_at::lent(#name))
                } else {
                    name.clone()
                };
                (name, quote_spanned!(*at=> let #pattern #ty = #value;))
            }
            None => (quote_spanned!(site()=> _value), TokenStream::new()),
        };
        let exit = self.exit(
            *end,
            &scope_at(*end),
            &Told {
                name: "_with",
                arguments: quote_spanned!(*end=> &v, #private_end::Leave::End, 0, 0, 0),
            },
        );
        let enter = self.enter();
        quote_spanned!(site()=>
            let kind = kind;
            break #done #private::Kind::#wrap(kind, {
                let v = match #enter {
                #private::Ok(#name) => {
                    #bind
                    #body_label: {
                        #[allow(unreachable_code)]
                        if false { break #body_label #private::Kind::body_type(kind, loop {}); }
                        match () { () => #body }
                    }
                }
                #[allow(unreachable_code)]
                #private::Err(error) => { #failed #private::Kind::body_type(kind, ()) }
            };
                #exit
                v
            });
        )
    }

    /// Enters: an expression.
    fn enter(&self) -> TokenStream {
        let (at, private) = &self.manager;
        let Some(marker) = self.is_async else {
            return quote_spanned!(*at=> #private::Scope::enter(&mut scope));
        };
        let entering = quote_spanned!(*at=> #private::AsyncScope::entering(&mut scope));
        awaited(private, marker, "over_enter", &entering)
    }

    /// The scope, as an argument of exit: a value that escapes is reported once, at the scope's end.
    pub(super) fn scope(&self) -> TokenStream {
        scope_at(self.end.0)
    }

    /// Calls exit; if it replaces the leave, jumps to where the block ends.
    pub(super) fn exit(&self, span: Span, scope: &TokenStream, told: &Told) -> TokenStream {
        let (private, turn) = (&self.private, self.turn());
        let at = site().located_at(span);
        let Told { name, arguments } = told;
        let private_at = located_at(private.clone(), span);
        let exit = if let Some(marker) = self.is_async {
            let name = format_ident!("told{name}", span = at);
            let told = quote_spanned!(at=> #private_at::Kind::#name(kind, #arguments));
            let exiting = quote_spanned!(at=> #private_at::AsyncScope::exiting(&mut #scope, #told));
            let exit = awaited(&private_at, marker, "over_exit", &exiting);
            quote_spanned!(at=> #private_at::AsyncScope::exited(#exit, scope, #told))
        } else {
            let name = format_ident!("exit{name}", span = at);
            quote_spanned!(at=> #private_at::Scope::#name(#scope, #arguments))
        };
        quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if let #private::Err(turn) = #exit { #turn }
        )
    }

    /// Calls exit after a panic that was caught, and then what it makes of the block.
    pub(super) fn exit_caught(&self) -> TokenStream {
        let (private, turn) = (&self.private, self.turn());
        let ended = if let Some(marker) = self.is_async {
            let told = quote_spanned!(site()=> #private::Kind::told_caught(kind, &*payload));
            let exiting = quote_spanned!(site()=> #private::AsyncScope::exiting(&mut scope, #told));
            let exit = awaited(private, marker, "over_exit", &exiting);
            quote_spanned!(site()=> #private::AsyncScope::exited_caught(#exit, scope, payload))
        } else {
            quote_spanned!(site()=> #private::Scope::exit_caught(scope, payload))
        };
        quote_spanned!(site()=>
            let turn = #ended;
            #[allow(unreachable_code)]
            { #turn };
        )
    }

    /// What a `turn` does to the block.
    pub(super) fn turn(&self) -> TokenStream {
        let Self { private, done, .. } = self;
        match &self.raise {
            None => quote_spanned!(site()=>
                break #done #private::Kind::block(kind, #private::Kind::turn(kind, turn));
            ),
            Some(raise) => quote_spanned!(site()=>
                match turn {
                    #private::Turn::Suppressed(token) => {
                        break #done #private::Kind::open_block(kind, #private::Kind::open_suppressed(kind, token));
                    }
                    #private::Turn::Failed(error) => {
                        break #raise #private::Kind::raise(kind, error);
                    }
                }
            ),
        }
    }
}

fn is_underscored(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(name) if name.ident.to_string().starts_with('_'))
}

pub(super) fn scope_at(span: Span) -> TokenStream {
    quote_spanned!(site().located_at(span)=> scope)
}

/// Awaits enter or exit, with a note of whether it is suspended there. The future is gone afterwards.
fn awaited(private: &TokenStream, marker: Span, over: &str, future: &TokenStream) -> TokenStream {
    let at = site().located_at(marker);
    let private_at = located_at(private.clone(), marker);
    let over = format_ident!("{over}", span = at);
    quote_spanned!(at=> {
        let future = #private_at::pin!(#future);
        #private_at::Watch::#over(&watch, future).await
    })
}
