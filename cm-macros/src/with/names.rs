//! What the runtime calls the things that sync and async managers each have one of.

use proc_macro2::{Ident, Span};

#[derive(Clone, Copy)]
pub(super) struct Names {
    is_async: bool,
}

impl Names {
    pub(super) fn of(is_async: bool) -> Self {
        Self { is_async }
    }

    /// The trait that checks a manager expression without a `?`.
    pub(super) fn enter(self, span: Span) -> Ident {
        self.choose("Enter", "EnterAsync", span)
    }

    /// The trait that checks one with a `?`.
    pub(super) fn try_enter(self, span: Span) -> Ident {
        self.choose("TryEnter", "TryEnterAsync", span)
    }

    /// The type of a scope.
    pub(super) fn scope(self, span: Span) -> Ident {
        self.choose("Scope", "AsyncScope", span)
    }

    /// The method that makes one.
    pub(super) fn new_scope(self, span: Span) -> Ident {
        self.choose("scope", "async_scope", span)
    }

    fn choose(self, name: &str, with_async: &str, span: Span) -> Ident {
        Ident::new(if self.is_async { with_async } else { name }, span)
    }
}
