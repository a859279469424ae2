//! Writes a block down, around its rewritten body.
//!
//! The body stays where it is. For each way of leaving there is a labelled block around it, to
//! which the leave jumps; behind that block exit is called, and the leave goes on:
//!
//! ```text
//! 'done: {
//!     let returned = 'return1: {
//!         let residual = 'question2: {
//!             match Scope::enter(&mut scope) { Ok(value) => { let name = value; v = BODY } .. }
//!             EXIT(&v)
//!             break 'done v;
//!         };
//!         EXIT(&residual)
//!         residual?
//!     };
//!     EXIT(&returned)
//!     return returned
//! }
//! ```
//!
//! `EXIT` jumps to the end of `'done` if exit replaces the leave, by an error or by suppressing it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::spanned::Spanned as _;
use syn::visit_mut::VisitMut as _;
use syn::{Error, Lifetime};

use super::frame::{Found, Frame, Jump, JumpKind, Leave, Stop};
use super::model::{Body, Item, Mode, With};
use super::rewrite::{Rewriter, return_pin, site};

/// What the code of one manager's block has in common.
pub(crate) struct Block {
    pub(crate) private: TokenStream,
    /// Where the block ends with its value.
    done: Lifetime,
    /// Where an error of enter or exit leaves, under a `?` in the header.
    raise: Option<Lifetime>,
    /// Where an unlabelled `break` or `continue` leaves: no labelled block may be around it.
    flow: Option<Lifetime>,
}

impl Rewriter {
    pub(crate) fn with(&mut self, with: With) -> TokenStream {
        if let Some(marker) = with.items.iter().find_map(|item| item.is_async) {
            let message =
                "async managers are not there yet; take the `async` away to enter a sync manager";
            return Error::new(marker.span, message).into_compile_error();
        }
        let mut items = with.items.into_iter();
        let first = items.next().expect("a header has an item");
        self.item(first, items, with.body)
    }

    /// Input: the items from `item` on. Output: its block, with those of the others inside.
    fn item(
        &mut self,
        mut item: Item,
        mut others: std::vec::IntoIter<Item>,
        body: Body,
    ) -> TokenStream {
        if !self.frames.is_empty() {
            self.visit_expr_mut(&mut item.manager);
        }
        self.frames.push(Frame {
            is_async: body.is_async,
            awaits: body.is_async,
            ..Frame::default()
        });
        let body = match others.next() {
            Some(next) => self.item(next, others, body),
            None => self.body(body),
        };
        let frame = self.frames.pop().expect("it was pushed above");
        self.block(&item, frame, &body)
    }

    fn body(&mut self, mut body: Body) -> TokenStream {
        match body.mode {
            Mode::Plain => {
                self.visit_block_mut(&mut body.block);
                body.block.into_token_stream()
            }
            Mode::Try => self.try_body(body),
            Mode::Catch => self.catch_body(body),
        }
    }

    /// Input: the body of a `=> try { .. }`. Output: a labelled block that `?` breaks out of.
    fn try_body(&mut self, mut body: Body) -> TokenStream {
        let label = self.label("stop");
        let pin = format_ident!("{}", label.ident, span = site());
        self.frames.last_mut().expect("a body has a frame").stop = Some(Stop {
            label: label.clone(),
            pin: pin.clone(),
        });
        self.visit_block_mut(&mut body.block);
        let (private, block) = (self.private(), body.block);
        quote_spanned!(site()=> {
            let #pin = #private::pinned();
            #private::Pinned::same(#pin, #label: { #private::Ok(#block) })
        })
    }

    /// Input: a manager, and its rewritten body with what was found in it. Output: the block.
    fn block(&mut self, item: &Item, frame: Frame, body: &TokenStream) -> TokenStream {
        let private = self.private();
        let jumps: Vec<JumpKind> = frame
            .leaves
            .iter()
            .filter_map(|f| self.flows(&f.leave))
            .collect();
        let block = Block {
            private: private.clone(),
            done: self.label("done"),
            raise: item.question.map(|_| self.label("raise")),
            flow: (!jumps.is_empty()).then(|| self.label("flow")),
        };
        let is_outermost = self.frames.is_empty();
        let watch = (is_outermost && frame.awaits)
            .then(|| quote_spanned!(site()=> let watch = #private::Watch::new();));
        let unseen = unseen(&private, &frame);
        let at = site().located_at(item.manager.span());

        let mut pins = TokenStream::new();
        let mut nest = block.entered(item, body);
        for found in frame.leaves {
            nest = self.around(&block, found, &nest, &mut pins);
        }
        if let (Some(label), Some(question)) = (&block.raise, item.question) {
            let raised = quote_spanned!(site()=>
                #private::Err::<#private::Infallible, _>(raised)
            );
            let leave = self.go_on_question(question.spans[0], &raised);
            nest = quote_spanned!(site()=> let raised = #label: { #nest }; #leave);
        }
        if is_outermost && self.returns {
            let pin = return_pin();
            pins.extend(quote_spanned!(site()=>
                let #pin = #private::pinned();
                #[allow(unreachable_code)]
                if false { loop {} return #private::Pinned::get(#pin); }
            ));
        }

        let done = &block.done;
        let new_scope = quote_spanned!(at=> #private::Scope::new(manager, #unseen, 0, 0));
        let mut real = quote_spanned!(site()=> #done: { let mut scope = #new_scope; #nest });
        if let Some(flow) = &block.flow {
            real = with_flow(&block, flow, &jumps, &real);
        }
        let block_type = match block.raise {
            Some(_) => quote_spanned!(site()=> open_type),
            None => quote_spanned!(site()=> block_type),
        };
        let entered = quote_spanned!(site()=>
            let manager = #private::pin!(manager);
            let kind = #private::kind(&*manager, error);
            #watch
            #pins
            match false {
                #[allow(unreachable_code)]
                true => { loop {} #private::Kind::#block_type(kind) }
                false => #real
            }
        );
        self.built(item, &entered)
    }

    /// Input: the code of a block, and the build of its manager. Output: the block's expression.
    ///
    /// The temporaries of the manager expression live until the end of the `match`.
    fn built(&mut self, item: &Item, entered: &TokenStream) -> TokenStream {
        let (private, manager) = (self.private(), &item.manager);
        let at = site().located_at(manager.span());
        let Some(question) = item.question else {
            let checked = quote_spanned!(at=> #private::manager(#manager));
            return quote_spanned!(at=> {
                match #checked {
                    manager => {
                        let error = #private::PhantomData::<#private::Infallible>;
                        #entered
                    }
                }
            });
        };
        let error = quote_spanned!(site()=> #private::Err::<#private::Infallible, _>(error));
        let leave = self.go_on_question(question.spans[0], &error);
        let checked = quote_spanned!(at=> #private::build(#manager));
        quote_spanned!(at=> {
            match #checked {
                (built, error) => {
                    let manager;
                    match built {
                        #private::Ok(built) => manager = built,
                        #private::Err(error) => { #leave }
                    }
                    #entered
                }
            }
        })
    }

    /// Input: code that ends by leaving. Output: the same inside of the label of one more leave,
    /// and behind it exit and what the leave does then.
    fn around(
        &mut self,
        block: &Block,
        found: Found,
        nest: &TokenStream,
        pins: &mut TokenStream,
    ) -> TokenStream {
        let private = &block.private;
        let label = found.label;
        let leave = quote_spanned!(site()=> #private::Leave);
        match found.leave {
            Leave::Question(span) => {
                let exit = block.exit(&quote_spanned!(site()=>
                    exit_question(scope, &residual, 0, 0, 0)
                ));
                let go_on = self.go_on_question(span, &quote_spanned!(site()=> residual));
                quote_spanned!(site()=> let residual = #label: { #nest }; #exit #go_on)
            }
            Leave::Return(span) => {
                let pin = return_pin();
                let exit = block.exit(&quote_spanned!(site()=>
                    exit_with(scope, &value, #leave::Return, 0, 0, 0)
                ));
                let go_on = if self.frames.is_empty() {
                    quote_spanned!(site()=> return value;)
                } else {
                    let outer = self.return_(span);
                    quote_spanned!(site()=> break #outer value;)
                };
                quote_spanned!(site()=>
                    let value = #private::Pinned::same(#pin, #label: { #nest });
                    #exit
                    #[allow(unreachable_code)]
                    #go_on
                )
            }
            Leave::Jump(jump) => {
                let told = match jump.kind {
                    JumpKind::Continue => quote_spanned!(site()=> #leave::Continue),
                    _ => quote_spanned!(site()=> #leave::Break),
                };
                let exit = block.exit(&quote_spanned!(site()=>
                    exit(scope, #private::Outcome::Succeeded(#told))
                ));
                let (go_on, pin) = self.go_on_jump(block, &jump);
                let jumped = quote_spanned!(site()=> #label: { #nest });
                if jump.kind != JumpKind::BreakWithValue {
                    return quote_spanned!(site()=> #jumped #exit #go_on);
                }
                let Some(pin) = pin else {
                    return quote_spanned!(site()=> let value = #jumped; #exit #go_on);
                };
                let name = format_ident!("{}", label.ident, span = site());
                pins.extend(quote_spanned!(site()=>
                    let #name = #private::pinned();
                    #[allow(unreachable_code)]
                    if false { loop {} #pin #private::Pinned::get(#name); }
                ));
                quote_spanned!(site()=>
                    let value = #private::Pinned::same(#name, #jumped);
                    #exit
                    #go_on
                )
            }
            Leave::Panic => {
                let turn = block.turn();
                quote_spanned!(site()=>
                    let payload = #label: { #nest };
                    let turn = #private::Scope::exit_caught(scope, payload);
                    #[allow(unreachable_code)]
                    { #turn }
                )
            }
        }
    }

    /// A `?` that goes on: out of the function, or to the block around this one.
    fn go_on_question(&mut self, span: Span, residual: &TokenStream) -> TokenStream {
        if self.frames.is_empty() {
            let question = syn::Token![?](span);
            return quote_spanned!(site()=>
                #[allow(unreachable_code)]
                match #residual #question {}
            );
        }
        let jump = self.question(span, residual);
        quote_spanned!(site()=> #jump;)
    }

    /// A `break` or `continue` that goes on; and, where it is the user's own `break` with a value,
    /// how it is written.
    fn go_on_jump(&mut self, block: &Block, jump: &Jump) -> (TokenStream, Option<TokenStream>) {
        let private = &block.private;
        let has_value = jump.kind == JumpKind::BreakWithValue;
        let value = has_value.then(|| quote_spanned!(site()=> value));
        if !self.frames.is_empty() {
            if let Some(outer) = self.jump(jump) {
                return (quote_spanned!(site()=> break #outer #value;), None);
            }
        }
        let (at, target) = (site().located_at(jump.span.0), &jump.target);
        let keyword = match jump.kind {
            JumpKind::Continue => quote_spanned!(at=> continue),
            _ => quote_spanned!(at=> break),
        };
        let pin = has_value.then(|| quote_spanned!(at=> #keyword #target));
        let go_on = match (&block.flow, jump.kind) {
            (Some(flow), kind) if jump.target.is_none() => {
                let variant = match kind {
                    JumpKind::Continue => quote_spanned!(site()=> Continue),
                    _ => quote_spanned!(site()=> Break),
                };
                let value = value.unwrap_or_else(|| quote_spanned!(site()=> ()));
                quote_spanned!(site()=> break #flow #private::Flow::#variant(#value);)
            }
            _ => quote_spanned!(at=> #keyword #target #value;),
        };
        (go_on, pin)
    }

    /// The kind of a leave that has to go on outside of all labelled blocks.
    fn flows(&self, leave: &Leave) -> Option<JumpKind> {
        match leave {
            Leave::Jump(jump) if jump.target.is_none() => {
                let stays = self.frames.last().is_none_or(|outer| outer.keeps(None));
                stays.then_some(jump.kind)
            }
            _ => None,
        }
    }
}

impl Block {
    /// Enter, the bindings, the body, and exit at its end.
    ///
    /// All of it is the operand of the `break`: so the block diverges where the body does. The
    /// statement in front keeps clippy from taking the `break` for a mistake
    /// (`diverging_sub_expression`).
    fn entered(&self, item: &Item, body: &TokenStream) -> TokenStream {
        let Self { private, done, .. } = self;
        let failed = match &self.raise {
            Some(raise) => {
                quote_spanned!(site()=> break #raise #private::Kind::raise(kind, error);)
            }
            None => quote_spanned!(site()=>
                break #done {
                    #private::Kind::block(kind, #private::Kind::failed(kind, error))
                };
            ),
        };
        let (name, bind) = match &item.pattern {
            Some(pattern) => {
                let ty = item.ty.as_ref().map(|ty| quote_spanned!(site()=> : #ty));
                let at = site().located_at(pattern.span());
                let name = quote_spanned!(site()=> value);
                (name.clone(), quote_spanned!(at=> let #pattern #ty = #name;))
            }
            None => (quote_spanned!(site()=> _value), TokenStream::new()),
        };
        let exit = self.exit(&quote_spanned!(site()=>
            exit_with(scope, &v, #private::Leave::End, 0, 0, 0)
        ));
        let wrap = match self.raise {
            Some(_) => quote_spanned!(site()=> open),
            None => quote_spanned!(site()=> value),
        };
        quote_spanned!(site()=>
            let kind = kind;
            break #done {
                let v = match #private::Scope::enter(&mut scope) {
                #private::Ok(#name) => {
                    #bind
                    match false {
                        #[allow(unreachable_code)]
                        true => { loop {} #private::Kind::body_type(kind) }
                        false => #body,
                    }
                }
                #[allow(unreachable_code)]
                #private::Err(error) => { #failed #private::Kind::body_type(kind) }
            };
                #exit
                #private::Kind::#wrap(kind, v)
            };
        )
    }

    /// Calls exit; if it replaces the leave, jumps to where the block ends.
    fn exit(&self, call: &TokenStream) -> TokenStream {
        let (private, turn) = (&self.private, self.turn());
        quote_spanned!(site()=>
            #[allow(unreachable_code)]
            if let #private::Err(turn) = #private::Scope::#call { #turn }
        )
    }

    /// What a `turn` does to the block.
    fn turn(&self) -> TokenStream {
        let Self { private, done, .. } = self;
        match &self.raise {
            None => quote_spanned!(site()=>
                break #done {
                    #private::Kind::block(kind, #private::Kind::turn(kind, turn))
                };
            ),
            Some(raise) => quote_spanned!(site()=>
                match turn {
                    #private::Turn::Suppressed(token) => {
                        break #done {
                            #private::Kind::open_block(kind, #private::Kind::open_suppressed(kind, token))
                        };
                    }
                    #private::Turn::Failed(error) => {
                        break #raise #private::Kind::raise(kind, error);
                    }
                }
            ),
        }
    }
}

/// Input: a block in which unlabelled jumps are found. Output: the block, with these jumps outside
/// of its labels, where the compiler accepts them.
fn with_flow(
    block: &Block,
    flow: &Lifetime,
    jumps: &[JumpKind],
    real: &TokenStream,
) -> TokenStream {
    let private = &block.private;
    let never = quote_spanned!(site()=> (never) => match never {});
    let infallible = quote_spanned!(site()=> #private::Infallible);
    let (mut breaks, mut break_type) = (never.clone(), infallible.clone());
    let (mut continues, mut continue_type) = (never, infallible);
    for jump in jumps {
        let open = quote_spanned!(site()=> _);
        match jump {
            JumpKind::Break => {
                (breaks, break_type) = (quote_spanned!(site()=> (()) => break), open);
            }
            JumpKind::BreakWithValue => {
                (breaks, break_type) = (quote_spanned!(site()=> (value) => break value), open);
            }
            JumpKind::Continue => {
                (continues, continue_type) = (quote_spanned!(site()=> (()) => continue), open);
            }
        }
    }
    quote_spanned!(site()=> {
        let out;
        match #flow: {
            let done = #real;
            #private::Flow::<_, #break_type, #continue_type>::Done(done)
        } {
            #private::Flow::Done(done) => out = done,
            #private::Flow::Break #breaks,
            #private::Flow::Continue #continues,
        }
        out
    })
}

/// What can happen to the scope that generated code does not see.
fn unseen(private: &TokenStream, frame: &Frame) -> TokenStream {
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
