//! The code that the leaves of one block have in common: enter and the body, exit, and the block's
//! end.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Lifetime, Pat};

use super::model::Item;
use super::rewrite::site;

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
    /// Where it goes on when enter has failed, or exit replaces the leave.
    pub(super) turned: Lifetime,
    /// Whether there is a `?` in the header.
    pub(super) is_open: bool,
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
            turned,
            body: body_label,
            manager: (at, private_at),
            end: (end, private_end),
            ..
        } = self;
        let wrap = if self.is_open {
            quote_spanned!(site()=> open)
        } else {
            quote_spanned!(site()=> value)
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
            &quote_spanned!(*end=> scope),
            &quote_spanned!(*end=>
                exit_with(&v, #private_end::Leave::End, 0, 0, 0)
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
                #private::Err(error) => {
                    break #turned #private::Turn::Failed(error);
                    #private::Kind::body_type(kind, ())
                }
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

    /// Calls exit; if it replaces the leave, jumps to where that is seen to.
    pub(super) fn exit(&self, scope: &TokenStream, call: &TokenStream) -> TokenStream {
        let Self {
            private, turned, ..
        } = self;
        quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if let #private::Err(turn) = #scope.#call { break #turned turn; }
        )
    }
}

fn is_underscored(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(name) if name.ident.to_string().starts_with('_'))
}
