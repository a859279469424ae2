//! What a `with!` says.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Block, Error, Expr, Pat, Path, Stmt, Token, Type};

use crate::imported::used;

pub(crate) struct With {
    /// The block is around the yield of a generator, which notes here what it was told. Written by
    /// `#[context_manager]` only.
    pub(crate) passing: Option<Ident>,
    pub(crate) items: Vec<Item>,
    pub(crate) body: Body,
}

/// One manager of the header.
pub(crate) struct Item {
    pub(crate) is_async: Option<Token![async]>,
    pub(crate) manager: Expr,
    /// A `?` at the end of the manager expression: errors leave.
    pub(crate) question: Option<Token![?]>,
    pub(crate) pattern: Option<Pat>,
    pub(crate) ty: Option<Type>,
}

pub(crate) struct Body {
    /// Foreign macros in the body may hide awaits.
    pub(crate) is_async: bool,
    pub(crate) mode: Mode,
    /// The inner ones at its begin.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) block: Block,
    /// Why it does not parse. The block is then [what was typed](crate::unread::as_typed).
    pub(crate) unread: Option<Error>,
}

#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Plain,
    /// A `?` stops at the block.
    Try,
    /// A panic stops at the block, and goes on after exit. With the place of the `catch`.
    Catch(Span),
}

impl Body {
    /// The block with its attributes, as it is written.
    fn written(&self) -> TokenStream {
        let (attrs, block) = (&self.attrs, &self.block);
        if attrs.is_empty() {
            return block.to_token_stream();
        }
        let stmts = &block.stmts;
        let mut group = Group::new(Delimiter::Brace, quote!(#(#attrs)* #(#stmts)*));
        group.set_span(block.brace_token.span.join());
        TokenTree::Group(group).into()
    }
}

impl With {
    /// Uses the path of the macro in the body, where the call is expanded in place: else the import that it begins with
    /// would be unused.
    pub(crate) fn use_path(&mut self, path: &Path) {
        let import = used(path.clone()).map(|import| Stmt::Item(syn::Item::Verbatim(import)));
        self.body.block.stmts.splice(0..0, import);
    }
}

/// As it is written in the documented spelling.
impl ToTokens for With {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (items, body) = (&self.items, self.body.written());
        let passing = self.passing.as_ref().map(|name| quote!(@ #name;));
        let is_async = self.body.is_async.then(|| quote!(async));
        let mode = match self.body.mode {
            Mode::Plain => TokenStream::new(),
            Mode::Try => quote!(try),
            Mode::Catch(_) => quote!(catch),
        };
        tokens.extend(quote!(#passing #(#items),* => #is_async #mode #body));
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            is_async,
            manager,
            question,
            pattern,
            ty,
        } = self;
        let pattern = pattern.as_ref().map(|pattern| quote!(as #pattern));
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let manager = match manager {
            // `async { .. }` is a block of its own.
            Expr::Block(_) if is_async.is_some() => quote!((#manager)),
            _ => quote!(#manager),
        };
        tokens.extend(quote!(#is_async #manager #question #pattern #ty));
    }
}
