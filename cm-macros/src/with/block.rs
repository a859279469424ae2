//! The code that the leaves of one block have in common: enter and the body, exit, and the block's
//! end.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::{Lifetime, Pat};

use super::frame::Position;
use super::model::Item;
use super::place::Place;
use super::private::Private;
use super::site::site;

/// What the code of one manager's block has in common.
pub(super) struct Block {
    pub(super) private: Private,
    /// Where errors about the manager and its value point, and the path there.
    pub(super) manager: (Span, Private),
    /// Where errors about the end of the body point.
    pub(super) end: Span,
    pub(super) value: Value,
    /// Where the body ends with its value.
    pub(super) body: Lifetime,
    /// Where the block ends with its value.
    pub(super) done: Lifetime,
    /// Where the block goes on when enter has failed, or exit replaces the leave.
    pub(super) turned: Lifetime,
    /// Whether there is a `?` in the header.
    pub(super) is_open: bool,
    /// Where an unlabelled `break` or `continue` is carried to, out of all labelled blocks, in which the compiler
    /// refuses one (E0695).
    pub(super) flow: Option<Lifetime>,
    /// The `async` of the item: enter and exit are awaited.
    pub(super) is_async: Option<Span>,
    /// See [`With::passing`](super::model::With::passing).
    pub(super) passing: Option<Ident>,
    pub(super) position: Position,
    /// If the body ends with another block: the variable that stands for its kind.
    pub(super) inner: Option<Ident>,
    /// If the body of the block around this one ends with this one: the variable there that stands for its kind.
    pub(super) outer: Option<Ident>,
}

/// Where the body's value stands. The code that carries it out of the block has this place too, since the compiler points
/// at that code if the value may not leave the function.
pub(super) struct Value {
    /// Its first token, and the path there.
    pub(super) begin: Span,
    pub(super) private: Private,
    /// Its last token.
    pub(super) end: Span,
    /// Whether the body ends with a value, and its place is known. If not, the place is that of the whole macro call.
    pub(super) is_known: bool,
}

/// What exit is told of: a value, a `?`, or something else.
pub(super) struct Told {
    /// The suffix of the functions of `Scope` (`exit_end`) and `Kind` (`told_end`) for it.
    pub(super) name: &'static str,
    pub(super) arguments: TokenStream,
}

impl Block {
    /// Enter, the bindings, the body, and exit at its end.
    ///
    /// All of it is the operand of the `break`: so the block diverges where the body does. The
    /// statement in front keeps clippy from taking the `break` for a mistake
    /// (`diverging_sub_expression`).
    pub(super) fn entered(
        &self,
        item: &Item,
        body: &TokenStream,
        pins: &TokenStream,
    ) -> TokenStream {
        let Self {
            private,
            done,
            turned,
            body: body_label,
            end,
            ..
        } = self;
        let (wrap, done_type) = if self.is_open {
            ("open", "open_type")
        } else {
            ("value", "block_type")
        };
        let done_type = Ident::new(done_type, site());
        let (name, bind) = self.bound(item);
        let exit = self.exit(*end, &self.told_end());
        let (enter, left, turn) = self.enter();
        // Beside a jump the block is the value of a `let`, which tells it no type. So it is told here: see
        // `Rewriter::built`, which declares `block`.
        let outside = self.flow.as_ref();
        let outside = outside.map(|_| quote_spanned!(site()=> break #done block;));
        let v = Ident::new("_v", self.value.begin);
        let at = self.manager.0;
        let known = quote_spanned!(at=> scope.known());
        // `[value]` is a pattern for the same reason as `(manager,)` is: see `Rewriter::block`. It is an array and not a
        // tuple: where the manager's type is an error, the compiler then knows that the value's type is one too, and
        // does not report it again (see `known` in the runtime).
        let value = quote_spanned!(site()=> kind, {
            let #v = {
                let [#name] = match #enter {
                    #[allow(unreachable_code)]
                    #private::Err(#left) => {
                        break #turned #turn;
                        #pins
                        #outside
                        break #done #private::#done_type(kind, loop {});
                        #known.never()
                    }
                    #private::Ok(value) => [value],
                };
                #bind
                #body_label: {
                    #[allow(unreachable_code)]
                    if false { break #body_label #private::body_type(kind, loop {}); }
                    match () { () => #body }
                }
            };
            #exit
            #v
        });
        let wrapped = self.wrapped(wrap, value);
        quote_spanned!(site()=>
            let kind = kind;
            break #done #wrapped;
        )
    }

    /// Input: the code of the block. Output: the same with its label.
    ///
    /// If the body has a value, the label stands where the value does. What is inside is then in a block of its own,
    /// which ends where the body does: there the scope is dropped, and what the compiler says of that and of the
    /// exit of a value that escapes is one error.
    pub(super) fn labelled(&self, inside: &TokenStream) -> TokenStream {
        let (mut label, end) = (self.done.clone(), self.end);
        if !self.value.is_known {
            label.set_span(end);
            return quote_spanned!(end=> #label: { #inside });
        }
        let Value {
            begin, end: last, ..
        } = self.value;
        label.set_span(begin);
        let inside = braced(last, quote_spanned!(end=> { #inside };));
        quote_spanned!(begin=> #label: #inside)
    }

    /// Calls what makes the block's value of the body's. The call begins and ends where that stands.
    pub(super) fn wrapped(&self, wrap: &str, arguments: TokenStream) -> TokenStream {
        let Value {
            begin,
            end,
            private,
            ..
        } = &self.value;
        let wrap = Ident::new(wrap, *begin);
        let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
        arguments.set_span(*end);
        quote_spanned!(*begin=> #private::#wrap #arguments)
    }

    /// What exit is told of the body's value.
    fn told_end(&self) -> Told {
        let end = self.end;
        let Some(inner) = &self.inner else {
            let zero = zero(end);
            return Told {
                name: "_end",
                arguments: quote_spanned!(end=> &_v, #zero, #zero, #zero),
            };
        };
        Told {
            name: "_end_of_inner",
            arguments: quote_spanned!(end=> &_v, #inner),
        }
    }

    /// Tells the block whose body ends with this one of which kind this one is.
    pub(super) fn ends(&self) -> Option<TokenStream> {
        let Self { private, end, .. } = self;
        let outer = self.outer.as_ref()?;
        let zero = zero(*end);
        let open = quote_spanned!(site()=> (#zero, #zero, #zero));
        let inner = self.inner.as_ref().map_or_else(
            || quote_spanned!(site()=> #private::innermost(#open)),
            Ident::to_token_stream,
        );
        let name = if self.is_open {
            "ends_with_open"
        } else {
            "ends_with"
        };
        let ends_with = Ident::new(name, site());
        Some(quote_spanned!(site()=> #private::#ends_with(#outer, kind, #inner, #open);))
    }

    /// The name of what enter lends, and the statement that binds it to the user's pattern.
    fn bound(&self, item: &Item) -> (TokenStream, TokenStream) {
        let (at, private) = &self.manager;
        let Some(pattern) = &item.pattern else {
            return (quote_spanned!(site()=> _value), TokenStream::new());
        };
        let ty = item.ty.as_ref().map(|ty| quote_spanned!(site()=> : #ty));
        let name = quote_spanned!(*at=> value);
        // Through a call: else clippy takes `_name` for a binding without an effect; and what a `ref mut` binds has to be
        // mutable, as a value is that has no name.
        let value = if is_underscored(pattern) || shows_ref_mut(pattern.to_token_stream()) {
            quote_spanned!(*at=> #private::lent(#name))
        } else {
            name.clone()
        };
        (name, quote_spanned!(*at=> let #pattern #ty = #value;))
    }

    /// Enter, as an expression; the name for its error; and the turn that is made of that.
    fn enter(&self) -> (TokenStream, Ident, TokenStream) {
        let (at, private) = &self.manager;
        let Some(marker) = self.is_async else {
            let enter = quote_spanned!(*at=> (&mut scope).enter());
            let turn = Ident::new("turn", site());
            return (enter, turn.clone(), turn.into_token_stream());
        };
        let entering = quote_spanned!(*at=> (&mut scope).entering());
        let enter = awaited(private, marker, "over_enter", &entering);
        let error = Ident::new("error", site());
        let turn = quote_spanned!(site()=> kind.failed(#error));
        (enter, error, turn)
    }

    /// Calls exit for a `?` that leaves with `residual`. Output: an expression for another `?`, which leaves if the
    /// leave goes on, and whose value is else the turn that replaces it.
    ///
    /// Its first and last token are at the operand of the user's `?`: there the compiler points if the error does not
    /// convert.
    pub(super) fn exit_question(&self, place: Place) -> TokenStream {
        let Place {
            mark: span,
            operand,
        } = place;
        let at = site().located_at(span);
        let (begin, end) = (operand.0, site().located_at(operand.1));
        let (residual, zero) = (Ident::new("residual", at), zero(at));
        if self.is_async.is_none() {
            let (scope, exit) = (located("scope", begin), located("exit_question", begin));
            let arguments = quote_spanned!(end=> (#residual, #zero, #zero));
            return quote_spanned!(at=> #scope.#exit #arguments);
        }
        let private = self.private.at(begin);
        let told = Told {
            name: "_question",
            arguments: quote_spanned!(at=> &#residual, #zero, #zero),
        };
        let exited = self.exited(span, &told);
        let arguments = quote_spanned!(end=> (#exited, #residual));
        quote_spanned!(at=> #private::goes_on #arguments)
    }

    /// Calls exit, and jumps to `turned` if exit replaces the leave.
    pub(super) fn exit(&self, span: Span, told: &Told) -> TokenStream {
        let Self {
            private, turned, ..
        } = self;
        let exited = self.exited(span, told);
        quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if let #private::Err(turn) = #exited { break #turned turn; }
        )
    }

    /// Calls exit: an expression that says whether the leave goes on.
    pub(super) fn exited(&self, span: Span, told: &Told) -> TokenStream {
        let at = site().located_at(span);
        // At the body's end, wherever the leave is: so a value that escapes is reported once, there.
        let scope = located("scope", self.end);
        let Told { name, arguments } = told;
        if self.is_async.is_none() && self.passing.is_none() {
            let name = format_ident!("exit{name}", span = at);
            return quote_spanned!(at=> #scope.#name(#arguments));
        }
        let private = self.private.at(span);
        let name = format_ident!("told{name}", span = at);
        let mut told = quote_spanned!(at=> kind.#name(#arguments));
        if let Some(passing) = &self.passing {
            told = quote_spanned!(at=> #private::Passing::told(#passing, is_around, #told));
        }
        let Some(marker) = self.is_async else {
            return quote_spanned!(at=> #scope.exit(#told));
        };
        // No method call: a trait of the user's with such a method by value would come first.
        let exiting = quote_spanned!(at=> #private::AsyncScope::exiting(&mut #scope, #told));
        let exit = awaited(&private, marker, "over_exit", &exiting);
        quote_spanned!(at=> #private::AsyncScope::exited(#exit, scope, #told))
    }

    /// Around a yield, when exit replaces the leave: changes what the managers further out are told.
    pub(super) fn passes_on(&self) -> Option<TokenStream> {
        let (private, passing) = (&self.private, self.passing.as_ref()?);
        Some(quote_spanned!(site()=> #private::Passing::turned(&mut #passing, &turn);))
    }
}

fn is_underscored(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(name) if name.ident.to_string().starts_with('_'))
}

fn shows_ref_mut(pattern: TokenStream) -> bool {
    let mut is_ref = false;
    pattern.into_iter().any(|token| {
        let was_ref = std::mem::take(&mut is_ref);
        match token {
            TokenTree::Group(group) => shows_ref_mut(group.stream()),
            TokenTree::Ident(name) => {
                is_ref = name == "ref";
                was_ref && name == "mut"
            }
            _ => false,
        }
    })
}

/// A name of the macro's, for what the user wrote at `span`.
pub(super) fn located(name: &str, span: Span) -> Ident {
    Ident::new(name, site().located_at(span))
}

/// Braces around code, which stand at `span`.
pub(super) fn braced(span: Span, code: TokenStream) -> Group {
    let mut braced = Group::new(Delimiter::Brace, code);
    braced.set_span(span);
    braced
}

/// The literal `0`, for a type that is left open: see `classify` in the runtime. Made by hand, since `quote!` has
/// the compiler parse each literal.
pub(super) fn zero(at: Span) -> Literal {
    let mut zero = Literal::u8_unsuffixed(0);
    zero.set_span(at);
    zero
}

/// Awaits enter or exit under the watch, which notes whether the function is suspended there. The future is dropped
/// right after that, as of any await. It is not pinned in a variable of its own, which would be kept in the function's
/// future beside it.
fn awaited(private: &Private, marker: Span, over: &str, future: &TokenStream) -> TokenStream {
    let at = site().located_at(marker);
    let private_at = private.at(marker);
    let over = format_ident!("{over}", span = at);
    quote_spanned!(at=> #private_at::Watch::#over(&watch, #future).await)
}
