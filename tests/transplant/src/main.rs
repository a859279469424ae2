//! Puts the body of each function in the given files into a `with!`, and prints how many these were.
//! With `--blocks` in front of the files it is each block in a function: of a loop, a branch, an arm, a
//! closure. Every second one is under two managers.
//!
//! Bodies of async functions are put into an async block. What is const stays as it is, and so does what
//! is written by a macro.

use std::fs;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ImplItemConst, ImplItemFn, ItemConst, ItemFn, ItemStatic, LocalInit};
use syn::{Signature, TraitItemConst, TraitItemFn, Type, Variant};

#[derive(Default)]
struct Transplant {
    blocks: bool,
    count: usize,
}

impl Transplant {
    fn function(&mut self, sig: &Signature, block: &mut Block) {
        if sig.constness.is_some() {
            return;
        }
        visit_mut::visit_block_mut(self, block);
        if self.blocks {
            return;
        }
        let manager = if sig.asyncness.is_some() {
            quote!(async ::cm_runtime::contextlib::aclosing((), |()| ::core::future::ready(())))
        } else {
            quote!(::cm_runtime::contextlib::nullcontext(()))
        };
        self.put(&manager, block);
    }

    fn put(&mut self, manager: &TokenStream, block: &mut Block) {
        if block.stmts.is_empty() {
            return;
        }
        self.count += 1;
        let managers = std::iter::repeat_n(manager, 1 + self.count % 2);
        let within = quote!({
            ::cm_runtime::with! { #(#managers),* => #block }
        });
        *block = syn::parse2(within).expect("a block");
    }

    fn block(&mut self, block: &mut Block) {
        if self.blocks {
            self.put(&quote!(::cm_runtime::contextlib::nullcontext(())), block);
        }
    }
}

impl VisitMut for Transplant {
    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        self.function(&function.sig, &mut function.block);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        self.function(&function.sig, &mut function.block);
    }

    fn visit_trait_item_fn_mut(&mut self, function: &mut TraitItemFn) {
        if let Some(block) = &mut function.default {
            self.function(&function.sig, block);
        }
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        match expression {
            Expr::ForLoop(one) => self.block(&mut one.body),
            Expr::While(one) => self.block(&mut one.body),
            Expr::Loop(one) => self.block(&mut one.body),
            Expr::If(one) => {
                self.block(&mut one.then_branch);
                if let Some((_, other)) = &mut one.else_branch
                    && let Expr::Block(other) = &mut **other
                {
                    self.block(&mut other.block);
                }
            }
            Expr::Match(one) => {
                for arm in &mut one.arms {
                    if let Expr::Block(body) = &mut *arm.body {
                        self.block(&mut body.block);
                    }
                }
            }
            Expr::Closure(one) => {
                if let Expr::Block(body) = &mut *one.body {
                    self.block(&mut body.block);
                }
            }
            Expr::Unsafe(one) => self.block(&mut one.block),
            Expr::Async(one) => self.block(&mut one.block),
            _ => {}
        }
    }

    fn visit_local_init_mut(&mut self, init: &mut LocalInit) {
        visit_mut::visit_local_init_mut(self, init);
        if let Some((_, other)) = &mut init.diverge
            && let Expr::Block(other) = &mut **other
        {
            self.block(&mut other.block);
        }
    }

    fn visit_item_const_mut(&mut self, _: &mut ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut ItemStatic) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut ImplItemConst) {}
    fn visit_trait_item_const_mut(&mut self, _: &mut TraitItemConst) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_variant_mut(&mut self, _: &mut Variant) {}
    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}
}

fn main() {
    let mut transplant = Transplant::default();
    let mut arguments = std::env::args().skip(1).peekable();
    transplant.blocks = arguments.next_if(|one| one == "--blocks").is_some();
    for path in arguments {
        let text = fs::read_to_string(&path).expect("a file");
        // Some files are parts of others, or templates.
        let Ok(mut file) = syn::parse_file(&text) else {
            continue;
        };
        let before = transplant.count;
        transplant.visit_file_mut(&mut file);
        if transplant.count > before {
            fs::write(&path, prettyplease::unparse(&file)).expect("the file is a copy");
        }
    }
    println!("{}", transplant.count);
}
