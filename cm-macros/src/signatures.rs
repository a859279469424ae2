//! What an editor shows of the call around the cursor: to who types an argument the signature of the function that is
//! called. So what is typed into a `with!` is not to be an argument of a generated call.

use std::mem::replace;
use std::str::FromStr as _;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprCall, ExprMethodCall, ExprPath};

use crate::with;

#[test]
fn what_is_typed_is_no_argument() {
    for input in [
        "typed as a, async typed? as b, (typed)? => { typed; typed }",
        "typed as a => try { typed; typed }",
        "a = typed, b = typed, { typed; typed }",
        "async typed, => async catch { loop { typed; } }",
    ] {
        let count = input.matches("typed").count();
        let input = TokenStream::from_str(input).expect("tokens");
        let expansion = with::editor::expand(quote!([::cm_runtime] #input));
        let mut arguments = Arguments::default();
        arguments.visit_expr_mut(&mut syn::parse2(expansion).expect("an expression"));
        assert_eq!(arguments.typed, vec![0; count], "{input}");
    }
}

/// In how many calls' arguments each `typed` stands.
#[derive(Default)]
struct Arguments {
    calls: usize,
    typed: Vec<usize>,
}

impl Arguments {
    fn visit<'a>(&mut self, arguments: impl IntoIterator<Item = &'a mut Expr>) {
        for argument in arguments {
            let calls = self.calls + 1;
            let calls = if has_lines(argument) { 0 } else { calls };
            let outside = replace(&mut self.calls, calls);
            self.visit_expr_mut(argument);
            self.calls = outside;
        }
    }
}

impl VisitMut for Arguments {
    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        self.visit_expr_mut(&mut call.func);
        self.visit(&mut call.args);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        self.visit_expr_mut(&mut call.receiver);
        self.visit(&mut call.args);
    }

    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        if path.path.is_ident("typed") {
            self.typed.push(self.calls);
        }
    }
}

/// A block of more than one line: in it an editor does not show the call around it.
fn has_lines(argument: &Expr) -> bool {
    matches!(argument, Expr::Block(_)) && argument.to_token_stream().to_string().contains('\n')
}
