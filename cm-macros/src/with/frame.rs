//! The blocks that are being written, and the leaves that were found in each.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::{Attribute, Lifetime};

use super::place::Place;

/// One manager's block while its body is rewritten.
#[derive(Default)]
pub(crate) struct Frame {
    pub(crate) leaves: Vec<Found>,
    /// How many loops of the body are around the place that is being rewritten.
    pub(crate) loops: usize,
    /// The labels of the body around that place.
    pub(crate) labels: Vec<Ident>,
    /// Where a `?` goes in a `=> try` body.
    pub(crate) stop: Option<Stop>,
    /// The body can be suspended.
    pub(crate) awaits: bool,
    /// A foreign macro in the body may hide a leave.
    pub(crate) hides: bool,
    /// Foreign macros in the body may await.
    pub(crate) is_async: bool,
}

#[derive(Clone)]
pub(crate) struct Stop {
    pub(crate) label: Lifetime,
    pub(crate) pin: Ident,
}

/// A leave of a body: where it jumps to, and what happens there after exit.
pub(crate) struct Found {
    pub(crate) label: Lifetime,
    pub(crate) leave: Leave,
    /// The `#[cfg(..)]` around it: configured away, nothing jumps to the label.
    pub(crate) cfgs: Vec<Attribute>,
}

pub(crate) enum Leave {
    /// A `?`, each with a label of its own, since each can have a type of its own.
    Question(Place),
    /// A `return` with a value. All of a body are one leave.
    Return(Place),
    /// A `return` without one.
    BareReturn(Span),
    Jump(Jump),
    /// The panic that a `=> catch` caught.
    Panic,
}

/// A `break` or `continue` out of the body.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    pub(crate) kind: JumpKind,
    pub(crate) target: Option<Lifetime>,
    pub(crate) place: PlaceEq,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum JumpKind {
    Break,
    BreakWithValue,
    Continue,
}

/// A place that does not count when jumps are compared.
#[derive(Clone, Copy)]
pub(crate) struct PlaceEq(pub(crate) Place);

impl PartialEq for PlaceEq {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for PlaceEq {}

impl Jump {
    /// The jump as the user wrote it. If it has a value, that is what `get` makes of `value`.
    ///
    /// Its span, from the keyword to the parenthesis, is the user's own. So where it must not stand
    /// it is one error, however often it is written; and the compiler proposes no label that would
    /// have to stand among generated code.
    pub(crate) fn written(&self, get: &TokenStream, value: &Ident) -> TokenStream {
        let Place {
            mark: span,
            operand: (_, end),
        } = self.place.0;
        let target = &self.target;
        match self.kind {
            JumpKind::Break => quote_spanned!(span=> break #target),
            JumpKind::BreakWithValue => {
                let value = quote_spanned!(end=> (#value));
                quote_spanned!(span=> break #target #get #value)
            }
            JumpKind::Continue => quote_spanned!(span=> continue #target),
        }
    }
}

impl Frame {
    /// Whether a jump from here stays inside the body.
    pub(crate) fn keeps(&self, target: Option<&Lifetime>) -> bool {
        match target {
            Some(target) => self.labels.contains(&target.ident),
            None => self.loops > 0,
        }
    }

    pub(crate) fn find(&mut self, wanted: impl Fn(&Leave) -> bool) -> Option<&mut Found> {
        self.leaves.iter_mut().find(|found| wanted(&found.leave))
    }
}
