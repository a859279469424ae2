//! Syntax that a macro cannot read.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Error, Expr, Stmt};

use crate::with::site;

/// Input: the name of a macro, what its parser says of a body, and that as it was typed. Output: the only statement of the
/// body, which is the compiler's to read.
///
/// What does not parse here does not parse for the compiler either, with few exceptions. So the compiler gets it as it was
/// typed, and says what is wrong in its own words. The exceptions must not compile without what the macro adds: a lint
/// refuses them, which comes after all errors. Where lints are capped the constant does, which is evaluated when code is
/// generated, since the function is generic.
pub(crate) fn as_typed(name: &str, error: &Error, typed: &impl ToTokens) -> Stmt {
    let message = format!("{error}; write it in another way, or in a function of its own");
    let at = site().located_at(error.span());
    // The compiler shows this name.
    let function = Ident::new(&format!("syntax_that_{name}_cannot_read"), at);
    let guard = quote_spanned!(at=>
        {
            #[must_use = #message]
            fn #function<T>() { const { ::core::panic!("{}", #message) } }
            #[forbid(unused_must_use)]
            { #function::<()>(); }
        }
    );
    let typed = typed.to_token_stream();
    // All of it is in blocks with labels, of which the compiler says so where a `break` goes to a loop around them. It
    // gets one that is nearer.
    let typed = if leaves_a_loop(typed.clone()) {
        quote_spanned!(site()=>
            'typed: {
                match () {
                    #[allow(unreachable_code)]
                    () => {
                        let _ = loop { break 'typed #typed; };
                        loop {}
                    }
                }
            }
        )
    } else {
        typed
    };
    Stmt::Expr(Expr::Verbatim(quote!(#guard #typed)), None)
}

/// Whether there is a `break` or `continue` without a label that is in no loop of its own.
fn leaves_a_loop(tokens: TokenStream) -> bool {
    let mut is_loop = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "break" || word == "continue" => {
                let is_label = |next: &TokenTree| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '\'');
                if !tokens.peek().is_some_and(is_label) {
                    return true;
                }
            }
            TokenTree::Ident(word) => {
                is_loop |= word == "loop" || word == "while" || word == "for";
            }
            TokenTree::Group(group) if is_loop && group.delimiter() == Delimiter::Brace => {
                is_loop = false;
            }
            TokenTree::Group(group) if leaves_a_loop(group.stream()) => return true,
            _ => {}
        }
    }
    false
}
