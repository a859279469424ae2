//! Puts the body of each function in the given files into a `with!`, and prints how many these were.
//!
//! Bodies of async functions are put into an async block. Const functions stay as they are, and so
//! does what is written by a macro.

use std::fs;

use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, ImplItemFn, ItemFn, Signature, TraitItemFn};

#[derive(Default)]
struct Transplant {
    functions: usize,
}

impl Transplant {
    fn body(&mut self, sig: &Signature, block: &mut Block) {
        if sig.constness.is_some() || block.stmts.is_empty() {
            return;
        }
        self.functions += 1;
        let manager = if sig.asyncness.is_some() {
            quote!(async ::cm_runtime::contextlib::aclosing((), |()| ::core::future::ready(())))
        } else {
            quote!(::cm_runtime::contextlib::nullcontext(()))
        };
        let within = quote!({
            ::cm_runtime::with! { #manager => #block }
        });
        *block = syn::parse2(within).expect("a block");
    }
}

impl VisitMut for Transplant {
    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        visit_mut::visit_item_fn_mut(self, function);
        self.body(&function.sig, &mut function.block);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        visit_mut::visit_impl_item_fn_mut(self, function);
        self.body(&function.sig, &mut function.block);
    }

    fn visit_trait_item_fn_mut(&mut self, function: &mut TraitItemFn) {
        visit_mut::visit_trait_item_fn_mut(self, function);
        if let Some(block) = &mut function.default {
            self.body(&function.sig, block);
        }
    }
}

fn main() {
    let mut transplant = Transplant::default();
    for path in std::env::args().skip(1) {
        let text = fs::read_to_string(&path).expect("a file");
        // Some files are parts of others, or templates.
        let Ok(mut file) = syn::parse_file(&text) else {
            continue;
        };
        let before = transplant.functions;
        transplant.visit_file_mut(&mut file);
        if transplant.functions > before {
            fs::write(&path, prettyplease::unparse(&file)).expect("the file is a copy");
        }
    }
    println!("{}", transplant.functions);
}
