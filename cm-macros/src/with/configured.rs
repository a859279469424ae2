//! What is configured away, in the body: a label whose leave is gone would be one that nothing jumps to, so what is written
//! for a leave is under the `#[cfg(..)]` of the leave.

use syn::visit_mut::VisitMut as _;
use syn::{Attribute, Expr, Stmt};

use super::rewrite::Rewriter;

impl Rewriter {
    /// Visits something with attributes.
    pub(super) fn configured(&mut self, attrs: Vec<Attribute>, visit: impl FnOnce(&mut Self)) {
        let outside = self.cfgs.len();
        self.cfgs
            .extend(attrs.into_iter().filter(|attr| attr.path().is_ident("cfg")));
        visit(self);
        self.cfgs.truncate(outside);
    }

    /// Generates what becomes of a leave, under the `#[cfg(..)]` of that leave.
    pub(super) fn under<R>(&mut self, cfgs: &[Attribute], write: impl FnOnce(&mut Self) -> R) -> R {
        let outside = std::mem::replace(&mut self.cfgs, cfgs.to_vec());
        let written = write(self);
        self.cfgs = outside;
        written
    }

    /// Visits the elements of a list, each of which may be configured away.
    pub(super) fn elements<'a>(&mut self, elements: impl IntoIterator<Item = &'a mut Expr>) {
        for element in elements {
            self.configured(attributes_of_expr(element).to_vec(), |this| {
                this.visit_expr_mut(element);
            });
        }
    }
}

/// The attributes of a statement.
pub(super) fn attributes_of(stmt: &Stmt) -> &[Attribute] {
    match stmt {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => attributes_of_expr(expr),
        Stmt::Item(_) => &[],
    }
}

/// The attributes of an expression. The kinds that are not named have no leaves in them, or may have no attributes.
fn attributes_of_expr(expr: &Expr) -> &[Attribute] {
    macro_rules! attributes {
        ($expr:expr, $($variant:ident)*) => {
            match $expr {
                $(Expr::$variant(expr) => &expr.attrs,)*
                _ => &[],
            }
        };
    }
    attributes!(expr, Array Await Block Break Call Continue Field ForLoop Group If Index Loop Macro
        Match MethodCall Paren Path Range Reference Repeat Return Struct Try Tuple Unary Unsafe While)
}
