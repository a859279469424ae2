//! `in_span`.

use core::convert::Infallible;

use tracing::Span;

use crate::lends::Ref;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Enters a span of the `tracing` crate for the length of the block, also of one that awaits.
///
/// `Span::enter` must not be held across an await: while the function is suspended, the span would
/// stay entered on its thread, for whatever runs there. Here the block leaves the span when one of its
/// awaits suspends it, and enters it again when it goes on, as `Instrument` does. For that the awaits
/// have to be seen: in a foreign macro that awaits (`select!`, `join!`) the span is not entered, and one
/// that hides an await needs `=> async`. A subscriber that panics while the function is being suspended
/// panics in that await, when it goes on. In an [`AsyncExitStack`](crate::AsyncExitStack) the span is
/// entered for the other exits only.
///
/// It has to stand in the header of the block itself, beside what else is entered. Under a manager of one's own
/// [around this one](crate::Manager#a-manager-around-another-one) the span stays entered while the block is
/// suspended; and one that a function with [`#[context_manager]`](macro@crate::context_manager) enters around its
/// yield is left there, so that the block is not in it.
///
/// ```
/// use cm_runtime::contextlib::in_span;
/// use cm_runtime::with;
///
/// async fn load(user: u32) -> String {
///     with! { in_span(tracing::info_span!("load", user)) => {
///         std::future::ready(()).await;
///         tracing::info!("loaded"); // in the span
///         format!("user {user}")
///     } }
/// }
/// # let _ = load(7);
/// ```
pub fn in_span(span: Span) -> InSpan {
    InSpan { span }
}

/// The manager that [`in_span`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{InSpan, in_span};
/// let manager: InSpan = in_span(tracing::info_span!("load"));
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct InSpan {
    span: Span,
}

impl ContextManager for InSpan {
    type Lends = Ref<Span>;
    type Exit = ();

    fn enter(&mut self) -> Result<&Span, Infallible> {
        enter(&self.span);
        Ok(&self.span)
    }

    fn exit(&mut self, _: Outcome<'_>) {
        exit(&self.span);
    }

    fn entered_span(&self) -> Option<&Span> {
        Some(&self.span)
    }
}

/// Without a guard, which could not be kept in a future that is `Send`.
pub(crate) fn enter(span: &Span) {
    span.with_subscriber(|(id, dispatch)| dispatch.enter(id));
}

pub(crate) fn exit(span: &Span) {
    span.with_subscriber(|(id, dispatch)| dispatch.exit(id));
}
