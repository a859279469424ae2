//! Recognizes what `#[async_trait]` has made of an `async fn`. It stands on the whole impl or trait, so it is
//! expanded before the attributes of a method.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit_mut::VisitMut;
use syn::{AssocType, Block, Expr, Signature, Stmt, Type, parse_quote};

use crate::groups::regrouped;

/// Whether `#[async_trait]` has made the function of an `async fn`, in this form:
///
/// ```text
/// fn name<'async_trait>(self, x: X) -> Pin<Box<dyn Future<Output = T> + Send + 'async_trait>> {
///     Box::pin(async move {
///         let __self = self;
///         let x = x;
///         let __ret: T = { the body };
///         __ret
///     })
/// }
/// ```
pub(crate) fn has_made(sig: &Signature) -> bool {
    let mut lifetimes = sig.generics.lifetimes();
    sig.asyncness.is_none() && lifetimes.any(|param| param.lifetime.ident == "async_trait")
}

/// Makes it the signature of an `async fn` again.
pub(crate) fn undo(sig: &mut Signature) {
    struct Output(Option<Type>);

    impl VisitMut for Output {
        fn visit_assoc_type_mut(&mut self, assoc: &mut AssocType) {
            if assoc.ident == "Output" {
                self.0.get_or_insert_with(|| assoc.ty.clone());
            }
        }
    }

    let mut output = Output(None);
    output.visit_return_type_mut(&mut sig.output);
    if let Some(output) = output.0 {
        sig.asyncness = Some(<syn::Token![async]>::default());
        sig.output = parse_quote!(-> #output);
    }
}

/// Input: the block of such a function. Output: the same, with the body that the user wrote replaced by what
/// `around` makes of it, which also gets whether the body ends without a value. `None` if the block has another
/// form.
pub(crate) fn rewrite(
    block: TokenStream,
    around: impl FnOnce(TokenStream, bool) -> TokenStream,
) -> Option<TokenStream> {
    let mut made: Block = syn::parse2(block).ok()?;
    let [Stmt::Expr(Expr::Call(boxed), None)] = &mut made.stmts[..] else {
        return None;
    };
    let Some(Expr::Async(future)) = boxed.args.first_mut() else {
        return None;
    };
    let (body, is_without_value) = match &mut future.block.stmts[..] {
        [.., Stmt::Expr(Expr::Block(body), None)] => (&mut body.block, false),
        [.., Stmt::Local(ret)] => (block_in(ret)?, true),
        [.., Stmt::Local(ret), Stmt::Expr(_, None)] => (block_in(ret)?, false),
        _ => return None,
    };
    let rewritten = around(body.to_token_stream(), is_without_value);
    body.stmts = vec![Stmt::Expr(Expr::Verbatim(rewritten), None)];
    Some(made.into_token_stream())
}

fn block_in(local: &mut syn::Local) -> Option<&mut Block> {
    match &mut *local.init.as_mut()?.expr {
        Expr::Block(block) => Some(&mut block.block),
        _ => None,
    }
}

/// Renames `self` to `__self`, as `#[async_trait]` does in such a body.
pub(crate) fn rename_self(tokens: TokenStream) -> TokenStream {
    let rename = |token| match token {
        TokenTree::Ident(name) if name == "self" => Ident::new("__self", name.span()).into(),
        TokenTree::Group(group) => regrouped(&group, rename_self(group.stream())).into(),
        other => other,
    };
    tokens.into_iter().map(rename).collect()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::rewrite;

    fn within(block: proc_macro2::TokenStream) -> Option<(String, bool)> {
        let mut told = false;
        let rewritten = rewrite(block, |body, is_without_value| {
            told = is_without_value;
            quote!(entered!(#body))
        });
        rewritten.map(|rewritten| (rewritten.to_string(), told))
    }

    #[test]
    fn the_body_that_was_written_is_rewritten() {
        let block = quote!({
            Box::pin(async move {
                let __ret: u8 = { written() };
                __ret
            })
        });
        let rewritten = quote!({
            Box::pin(async move {
                let __ret: u8 = { entered!({ written() }) };
                __ret
            })
        });
        assert_eq!(within(block), Some((rewritten.to_string(), false)));
        let block = quote!({
            Box::pin(async move {
                let () = {
                    written();
                };
            })
        });
        let rewritten = quote!({
            Box::pin(async move {
                let () = {
                    entered!({
                        written();
                    })
                };
            })
        });
        assert_eq!(within(block), Some((rewritten.to_string(), true)));
        // Of a function that returns an `impl Trait`.
        let block = quote!({
            Box::pin(async move {
                let argument = argument;
                { written() }
            })
        });
        let rewritten = quote!({
            Box::pin(async move {
                let argument = argument;
                { entered!({ written() }) }
            })
        });
        assert_eq!(within(block), Some((rewritten.to_string(), false)));
    }

    #[test]
    fn another_form_is_not_guessed_at() {
        for block in [
            quote!({ written() }),
            quote!({ Box::pin(written()) }),
            quote!({
                let future = async move {};
                Box::pin(future)
            }),
            quote!({ Box::pin(async move { written() }) }),
            quote!({
                Box::pin(async move {
                    let __ret = written();
                    __ret
                })
            }),
        ] {
            assert_eq!(within(block.clone()), None, "{block}");
        }
    }
}
