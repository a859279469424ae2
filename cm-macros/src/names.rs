//! What the runtime calls the things of which it has a sync and an async one.

use proc_macro2::{Ident, Span};

#[derive(Clone, Copy)]
pub(crate) struct Names {
    is_async: bool,
}

impl Names {
    pub(crate) fn of(is_async: bool) -> Self {
        Self { is_async }
    }

    /// The trait that checks a manager expression without a `?`.
    pub(crate) fn enter(self, span: Span) -> Ident {
        self.choose("Enter", "EnterAsync", span)
    }

    /// The trait that checks one with a `?`.
    pub(crate) fn try_enter(self, span: Span) -> Ident {
        self.choose("TryEnter", "TryEnterAsync", span)
    }

    /// The function that says what the blocks of a manager are.
    pub(crate) fn kind_of(self, span: Span) -> Ident {
        self.choose("kind_of", "async_kind_of", span)
    }

    /// The type of a scope.
    pub(crate) fn scope(self, span: Span) -> Ident {
        self.choose("Scope", "AsyncScope", span)
    }

    /// The method that makes one.
    pub(crate) fn new_scope(self, span: Span) -> Ident {
        self.choose("scope", "async_scope", span)
    }

    pub(crate) fn generator(self, span: Span) -> Ident {
        self.choose("Generator", "AsyncGenerator", span)
    }

    pub(crate) fn yielder(self, span: Span) -> Ident {
        self.choose("Yielder", "AsyncYielder", span)
    }

    /// What the generator's code is given.
    pub(crate) fn given(self, span: Span) -> Ident {
        self.choose("Yielder", "Handshake", span)
    }

    fn choose(self, name: &str, with_async: &str, span: Span) -> Ident {
        Ident::new(if self.is_async { with_async } else { name }, span)
    }
}
