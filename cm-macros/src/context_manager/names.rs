//! What the runtime calls the things that sync and async generators each have one of.

use proc_macro2::{Ident, Span};

#[derive(Clone, Copy)]
pub(super) struct Names {
    is_async: bool,
}

impl Names {
    pub(super) fn of(is_async: bool) -> Self {
        Self { is_async }
    }

    pub(super) fn generator(self, span: Span) -> Ident {
        self.choose("Generator", "AsyncGenerator", span)
    }

    pub(super) fn yielder(self, span: Span) -> Ident {
        self.choose("Yielder", "AsyncYielder", span)
    }

    /// What the generator's code is given.
    pub(super) fn given(self, span: Span) -> Ident {
        self.choose("Yielder", "Handshake", span)
    }

    fn choose(self, name: &str, with_async: &str, span: Span) -> Ident {
        Ident::new(if self.is_async { with_async } else { name }, span)
    }
}
