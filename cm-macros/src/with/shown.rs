//! What the tokens of a macro call show of leaves, whatever the macro makes of them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Shown {
    pub(super) question: bool,
    pub(super) returns: bool,
    pub(super) awaits: bool,
    /// A `yield`: the rest is for the generator that the macro makes.
    pub(super) yields: bool,
    /// A `break`, `continue` or `with!`, for which the arguments of a macro that takes expressions are rewritten too.
    pub(super) other: bool,
}

impl Shown {
    pub(super) fn of(tokens: TokenStream) -> Self {
        let mut shown = Self::default();
        shown.look(tokens);
        shown
    }

    pub(super) fn is_nothing(&self) -> bool {
        !(self.question || self.returns || self.awaits || self.other)
    }

    fn look(&mut self, tokens: TokenStream) {
        // Whether the token before could end an expression: then a `?` is the operator, not the
        // sigil that tracing has.
        let mut after_expression = false;
        let mut in_async = false;
        let mut in_arrow = false;
        for token in tokens {
            let mut starts_async = false;
            let mut starts_arrow = false;
            match &token {
                TokenTree::Group(group) => {
                    // An async block keeps its own control flow.
                    if !(in_async && group.delimiter() == Delimiter::Brace) {
                        self.look(group.stream());
                    }
                    after_expression = true;
                }
                TokenTree::Punct(punct) => {
                    let question = punct.as_char() == '?';
                    self.question |= question && after_expression;
                    after_expression &= question;
                    // The end of the arguments in `None::<T>?`, but not an arrow, behind which slog has the sigil.
                    after_expression |= punct.as_char() == '>' && !in_arrow;
                    starts_arrow = matches!(punct.as_char(), '=' | '-');
                }
                TokenTree::Literal(_) => after_expression = true,
                TokenTree::Ident(ident) => {
                    after_expression = true;
                    match ident.to_string().as_str() {
                        "return" => self.returns = true,
                        "await" => self.awaits = true,
                        "yield" => self.yields = true,
                        "break" | "continue" | "with" => self.other = true,
                        "async" => starts_async = true,
                        "move" => starts_async = in_async,
                        _ => {}
                    }
                }
            }
            in_async = starts_async;
            in_arrow = starts_arrow;
        }
    }
}
