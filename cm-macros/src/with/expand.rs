//! Generates a block around its rewritten body.
//!
//! The body stays where it is. For each way of leaving there is a labelled block around it, to
//! which the leave jumps; behind that block exit is called, and the leave goes on:
//!
//! ```text
//! 'done: {
//!     let turn = 'turned: {
//!         let returned = 'return1: {
//!             let residual = 'question2: {
//!                 let v = { let name = match scope.enter() { Ok(value) => value, .. }; BODY };
//!                 if let Err(turn) = EXIT(&v) { break 'turned turn }
//!                 break 'done v;
//!             };
//!             break 'turned EXIT(residual)?
//!         };
//!         if let Err(turn) = EXIT(&returned) { break 'turned turn }
//!         return returned
//!     };
//!     break 'done turn
//! }
//! ```
//!
//! `EXIT` gives a `turn` if exit replaces the leave, by an error or by suppressing it.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::AttrStyle;
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;

use super::block::{Block, Value, braced, zero};
use super::frame::{Found, Frame, Jump, Position, Stop};
use super::leave::with_flow;
use super::model::{Body, Item, Mode, With};
use super::place::{Place, of_value};
use super::private::Private;
use super::rewrite::{Rewriter, return_pin};
use super::site::site;
use crate::names::Names;

/// Where a body ends.
#[derive(Clone, Copy)]
struct End {
    brace: Span,
    /// The first and the last token of its value, if it has one: see [`Value`].
    value: Option<(Span, Span)>,
}

impl Rewriter {
    pub(super) fn with(&mut self, with: With) -> TokenStream {
        let position = if std::mem::take(&mut self.at_end) {
            Position::AtEnd
        } else {
            Position::Anywhere
        };
        let mut items = with.items.into_iter();
        let first = items.next().expect("a header has an item");
        self.item(first, items, with.body, with.passing.as_ref(), position)
    }

    /// Input: the items from `item` on. Output: its block, with those of the others inside.
    fn item(
        &mut self,
        mut item: Item,
        mut others: std::vec::IntoIter<Item>,
        body: Body,
        passing: Option<&Ident>,
        position: Position,
    ) -> TokenStream {
        if !self.frames.is_empty() {
            self.visit_expr_mut(&mut item.manager);
        }
        self.frames.push(Frame {
            is_async: body.is_async,
            awaits: body.is_async,
            passing: passing.cloned(),
            position,
            ..Frame::default()
        });
        if item.is_async.is_some() {
            self.awaits();
        }
        let end = End {
            brace: body.block.brace_token.span.close(),
            value: of_value(&body.block),
        };
        let body = match others.next() {
            Some(next) => self.item(next, others, body, passing, Position::FurtherIn),
            None => self.body(body),
        };
        let mut frame = self.frames.pop().expect("it was pushed above");
        frame.outer = (position != Position::Anywhere).then(|| self.inner());
        self.block(&item, &frame, &body, end)
    }

    /// Notes that the body of the block around this one ends with this one. Output: the variable that stands for
    /// this one there.
    fn inner(&mut self) -> Ident {
        let label = self.label("inner");
        let name = format_ident!("{}", label.ident, span = site());
        self.frame().inner = Some(name.clone());
        name
    }

    fn body(&mut self, mut body: Body) -> TokenStream {
        match body.mode {
            Mode::Plain => {
                self.body_with_end(&mut body.block);
                attributed(&body)
            }
            Mode::Try => self.try_body(body),
            Mode::Catch(span) => self.catch_body(body, span),
        }
    }

    /// Input: the body of a `=> try { .. }`. Output: a labelled block that `?` breaks out of.
    fn try_body(&mut self, mut body: Body) -> TokenStream {
        let label = self.label("stop");
        let pin = format_ident!("{}", label.ident, span = site());
        self.frame().stop = Some(Stop {
            label: label.clone(),
            pin: pin.clone(),
        });
        self.visit_block_mut(&mut body.block);
        let (private, block) = (self.private(), attributed(&body));
        let value = quote_spanned!(site()=> #private::Ok(match () { () => #block }));
        let stopped = if body.unread.is_some() && !jumps(block) {
            // The compiler says what it cannot read, and looks at the rest: there a `?` is to leave no function.
            quote_spanned!(site()=> (|| { if false { return #private::pin_of(#pin); } #value })())
        } else {
            quote_spanned!(site()=> #label: { #value })
        };
        quote_spanned!(site()=> {
            let #pin = #private::pinned();
            #private::same(#pin, #stopped)
        })
    }

    /// Input: a manager, and its rewritten body with what was found in it. Output: the block.
    fn block(&mut self, item: &Item, frame: &Frame, body: &TokenStream, end: End) -> TokenStream {
        let jumps: Vec<Jump> = frame
            .leaves
            .iter()
            .filter_map(|f| self.flows(&f.leave))
            .collect();
        let block = self.new_block(item, frame, end, !jumps.is_empty());
        let (nest, pins) = self.nest(&block, item, frame, body);

        let private = &block.private;
        let declare = scope(&block, item, frame);
        let inside = quote_spanned!(site()=> #declare #nest);
        let mut real = block.labelled(&inside);
        if let Some(flow) = &block.flow {
            real = with_flow(&block, flow, &jumps, &real);
        }
        let inner = frame.inner.as_ref();
        let inner = inner.map(|inner| quote_spanned!(site()=> let #inner = #private::pinned();));
        let ends = block.ends();
        let watch = (self.frames.is_empty() && frame.awaits)
            .then(|| quote_spanned!(site()=> let watch = #private::Watch::new();));
        let (at, private_at) = &block.manager;
        let krate = private_at.krate();
        let pinned = quote_spanned!(*at=> #krate::pin!(manager));
        // A pattern, since clippy (`significant_drop_tightening`) may say of a plain name that its value could be
        // dropped earlier.
        let entered = quote_spanned!(site()=>
            let (manager,) = (#pinned,);
            #watch
            #inner
            #ends
            #pins
            #real
        );
        self.built(item, *at, &block, &entered)
    }

    /// `flows`: a `break` or `continue` in it has to go on outside of its labels.
    fn new_block(&mut self, item: &Item, frame: &Frame, end: End, flows: bool) -> Block {
        let at = site().located_at(item.manager.span());
        Block {
            private: self.private(),
            manager: (at, self.private_at(at)),
            end: site().located_at(end.brace),
            value: self.value_of(end),
            body: self.label("body"),
            done: self.label("done"),
            turned: self.label("turned"),
            is_open: item.question.is_some(),
            flow: flows.then(|| self.label("flow")),
            is_async: item.is_async.map(|marker| marker.span),
            passing: frame.passing.clone(),
            position: frame.position,
            inner: frame.inner.clone(),
            outer: frame.outer.clone(),
        }
    }

    fn value_of(&self, end: End) -> Value {
        let (begin, last) = end.value.unwrap_or_else(|| (site(), site()));
        Value {
            begin: site().located_at(begin),
            private: self.private_at(begin),
            end: site().located_at(last),
            is_known: end.value.is_some(),
        }
    }

    /// What is in the label `done`: enter and the body, in the labels of its leaves; and what has to
    /// stand in front of that label, for the types of what jumps carry.
    fn nest(
        &mut self,
        block: &Block,
        item: &Item,
        frame: &Frame,
        body: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let private = &block.private;
        self.pins_returns |= frame.leaves.iter().any(Found::is_configured_return);
        let pins_returns = self.frames.is_empty() && self.pins_returns;
        let mut pins = TokenStream::new();
        let mut nest = block.entered(item, body, &return_pins(private, frame, pins_returns));
        for found in &frame.leaves {
            nest = self.around(block, found, &nest, &mut pins);
        }
        let (turned, turn) = (&block.turned, self.turn(block, item));
        let nest = quote_spanned!(site()=> let turn = #turned: { #nest }; #turn);
        if pins_returns {
            let pin = return_pin();
            pins.extend(quote_spanned!(site()=> let #pin = #private::pinned();));
        }
        (nest, pins)
    }

    /// What becomes of the block when enter has failed, or exit replaces the leave.
    ///
    /// It is a statement. As the value of the block it would diverge with the type `!` or `()`, which would become the
    /// type of a block whose own type is not known before: `n + 1` in a closure without types.
    fn turn(&mut self, block: &Block, item: &Item) -> TokenStream {
        let Block { private, done, .. } = block;
        let passes_on = block.passes_on();
        let (wrap, turn) = if let Some(question) = item.question {
            let span = question.spans[0];
            let (at, private_at) = (site().located_at(span), self.private_at(span));
            let turn = quote_spanned!(at=> #private_at::open_turn(kind, turn));
            let token = self.go_on(Place::of(span), &turn);
            let turn = quote_spanned!(site()=> #private::open_suppressed(kind, #token));
            ("open_block", turn)
        } else {
            ("block", quote_spanned!(site()=> #private::turn(kind, turn)))
        };
        let wrapped = block.wrapped(wrap, quote_spanned!(site()=> kind, #turn));
        // If the second arm is unreachable, rustc holds a warning of that back, and would with it hold back those of
        // the user's code behind the block. The first arm, which diverges without such a warning, prevents that.
        let arms = quote_spanned!(site()=>
            _ if false => loop {},
            #[allow(unreachable_code)]
            turn => {
                #passes_on
                break #done #wrapped;
            }
        );
        let Value { begin, end, .. } = &block.value;
        let arms = braced(*end, arms);
        quote_spanned!(*begin=> match turn #arms;)
    }

    /// Input: the code of a block, and the build of its manager. Output: the block's expression.
    ///
    /// The temporaries of the manager expression live until the end of the `match`. It has an arm that is never taken,
    /// whose value is of whatever type the block has to be: clippy looks there for what a closure returns
    /// (`bind_instead_of_map`). Beside a jump the variable of that arm tells the body this type, and so is declared
    /// around the `match`.
    fn built(
        &mut self,
        item: &Item,
        at: Span,
        block: &Block,
        entered: &TokenStream,
    ) -> TokenStream {
        let manager = &item.manager;
        let private = self.private_at(at);
        let names = Names::of(item.is_async.is_some());
        let checked = if let Some(question) = item.question {
            let enter = names.try_enter(at);
            let checked = quote_spanned!(at=> #private::#enter::build(#manager, kind));
            self.go_on(Place::of(question.spans[0]), &checked)
        } else {
            let enter = names.enter(at);
            quote_spanned!(at=> #private::#enter::manager(#manager, kind))
        };
        let declare = quote_spanned!(site()=> let block;);
        let (outside, inside) = if block.flow.is_some() {
            (Some(declare), None)
        } else {
            (None, Some(declare))
        };
        let never = quote_spanned!(site()=>
            #[allow(unreachable_code)]
            _ if false => { #inside loop {} block }
        );
        let arms = quote_spanned!(at=> #never manager => { #entered });
        let Value { begin, end, .. } = block.value;
        let kind = quote_spanned!(at=> let kind = #private::kind(););
        let matched = quote_spanned!(begin=> match #checked);
        let arms = braced(end, arms);
        braced(begin, quote_spanned!(at=> #outside #kind #matched #arms)).into_token_stream()
    }
}

/// Whether there is a word in the tokens that means another thing in a closure.
fn jumps(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => jumps(group.stream()),
        TokenTree::Ident(word) => ["return", "break", "continue", "await"]
            .iter()
            .any(|name| word == name),
        _ => false,
    })
}

/// The rewritten block of a body, under the attributes that it began with. They are put on an arm, since the compiler
/// accepts attributes there.
pub(super) fn attributed(body: &Body) -> TokenStream {
    let (attrs, block) = (&body.attrs, &body.block);
    if attrs.is_empty() {
        return block.to_token_stream();
    }
    let attrs = attrs.iter().cloned().map(|mut attr| {
        attr.style = AttrStyle::Outer;
        attr
    });
    quote_spanned!(site()=> { match () { #(#attrs)* () => #block } })
}

/// Declares the scope.
fn scope(block: &Block, item: &Item, frame: &Frame) -> TokenStream {
    let at = block.manager.0;
    let zero = zero(at);
    let unseen = unseen(&block.private, frame);
    let arguments = quote_spanned!(at=> manager, #unseen, #zero, #zero);
    // `Location::caller` is the span of the call's name and its parentheses.
    let place = item.manager.span();
    let new_scope = Names::of(item.is_async.is_some()).new_scope(place);
    let new_scope = quote_spanned!(place=> #new_scope(#arguments));
    let is_around = frame.passing.as_ref().map(|passing| {
        let private = &block.private;
        quote_spanned!(at=> let is_around = #private::Passing::is_ahead(&#passing);)
    });
    // A pattern for the same reason as `(manager,)` is: see `Rewriter::block`.
    quote_spanned!(at=> #is_around let (mut scope,) = (kind.#new_scope,);)
}

/// Code that never runs, and tells the compiler of what type the values of a `return` are.
///
/// As the operand of the `break` the value stands behind a `loop`, so that its label's block is one that
/// ends only if a `return` jumps there.
fn return_pins(private: &Private, frame: &Frame, pins_returns: bool) -> TokenStream {
    let pin = return_pin();
    let mut pins = TokenStream::new();
    if pins_returns {
        pins.extend(quote_spanned!(site()=> return #private::pin_of(#pin);));
    }
    for found in &frame.leaves {
        if found.returns() && !found.is_configured_return() {
            let label = &found.label;
            pins.extend(quote_spanned!(site()=>
                let value;
                return value;
                break #label ({ loop {} value });
            ));
        }
    }
    pins
}

/// The argument of the scope that says in which ways it can be left without that generated code sees it.
fn unseen(private: &Private, frame: &Frame) -> TokenStream {
    let unseen = if frame.hides {
        quote_spanned!(site()=> #private::HidesLeaves::new())
    } else {
        quote_spanned!(site()=> #private::OnlyPanics)
    };
    if frame.awaits {
        quote_spanned!(site()=> #private::Awaits::new(&watch, #unseen))
    } else {
        unseen
    }
}
