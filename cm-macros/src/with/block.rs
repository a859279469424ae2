//! The code that the leaves of one block have in common: enter and the body, exit, and the block's
//! end.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
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
            &quote_spanned!(*end=>
                exit_with(scope, &v, #private_end::Leave::End, 0, 0, 0)
            ),
        );
        let enter = quote_spanned!(*at=> #private_at::Scope::enter(&mut scope));
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

    /// The scope, as an argument of exit: a value that escapes is reported once, at the scope's end.
    pub(super) fn scope(&self) -> TokenStream {
        let end = self.end.0;
        quote_spanned!(end=> scope)
    }

    /// Calls exit; if it replaces the leave, jumps to where the block ends.
    pub(super) fn exit(&self, span: Span, call: &TokenStream) -> TokenStream {
        let (private, turn) = (&self.private, self.turn());
        let at = site().located_at(span);
        let call = {
            let private = located_at(private.clone(), span);
            quote_spanned!(at=> #private::Scope::#call)
        };
        quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if let #private::Err(turn) = #call { #turn }
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
