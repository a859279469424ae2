//! Macro calls in a body: what their names and their tokens tell of their control flow.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Expr, Macro, Token, token};

use super::model::With;
use super::parse::parse;
use super::shown::Shown;

syn::custom_keyword!(complete);

pub(super) enum Foreign {
    /// A `with!` inside a `with!`.
    With(With),
    /// A `select!`, with leaves in its handlers only.
    Select(Vec<Branch>),
    /// Known to hide no leave, and shows none.
    Harmless,
    /// Known to take expressions, some of which may leave.
    Expressions(Arguments),
    /// Shows a leave, or is known to hide one.
    Leaves(Leaves),
    /// Shows an await, or is known to hide one.
    Awaits,
    /// May hide a leave.
    Unknown,
}

/// How a macro leaves.
#[derive(Clone, Copy)]
pub(super) struct Leaves {
    pub(super) by: LeavesBy,
    /// It shows an await as well.
    pub(super) awaits: bool,
    /// In any case: what stands behind it is never reached.
    pub(super) always: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LeavesBy {
    /// By a `?` in its tokens.
    Question,
    /// By a `return` in its tokens, of any value; maybe by a `?` as well.
    Return,
    /// By a `return` that it hides; maybe by a `?` as well.
    Itself,
}

/// The arguments of a macro that takes expressions.
pub(super) struct Arguments {
    pub(super) expressions: Vec<Expr>,
    separators: Vec<TokenStream>,
    /// What follows the expressions: the comma at the end of a `matches!`.
    rest: TokenStream,
}

impl Arguments {
    pub(super) fn into_tokens(self) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut separators = self.separators.into_iter();
        for expression in self.expressions {
            expression.to_tokens(&mut tokens);
            tokens.extend(separators.next());
        }
        tokens.extend(self.rest);
        tokens
    }
}

/// The macros of std, and of the logging crates, that take expressions. (`pin!` has to stay in place for another reason,
/// too: what it borrows lives as long as the variable that it is bound to.)
const EXPRESSIONS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "error",
    "format",
    "format_args",
    "info",
    "log",
    "matches",
    "panic",
    "pin",
    "print",
    "println",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// The macros of std that take no expressions, or none that could leave.
const HARMLESS: &[&str] = &[
    "addr_of",
    "addr_of_mut",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "debug_span",
    "env",
    "error_span",
    "event",
    "file",
    "include",
    "include_bytes",
    "include_str",
    "info_span",
    "line",
    "module_path",
    "offset_of",
    "option_env",
    "pin_mut",
    "span",
    "stringify",
    "trace_span",
    "warn_span",
];

/// Macros that return from the function without showing it.
const HIDE_RETURN: &[&str] = &[
    "bail",
    "ensure",
    "ensure_eq",
    "ensure_whatever",
    "prop_assert",
    "prop_assert_eq",
    "prop_assert_ne",
    "prop_assume",
    "ready",
    "whatever",
];

/// Macros that await without showing it.
const HIDE_AWAIT: &[&str] = &["join", "join_biased", "select", "select_biased", "try_join"];

/// Macros that make a stream of their arguments, which leave and await nothing where the call stands.
const STREAMS: &[&str] = &["stream", "try_stream"];

/// Macros that run one of their handlers where they stand, behind the awaits.
const SELECT: &[&str] = &["select", "select_biased"];

/// A branch of a `select!`.
pub(super) struct Branch {
    /// What stands in front of the handler.
    pub(super) head: TokenStream,
    /// It runs behind the awaits, and where the call stands.
    pub(super) handler: Expr,
    pub(super) comma: Option<Token![,]>,
}

impl Branch {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut head = TokenStream::new();
        // What other macros of that name take may be anything.
        let mut is_known =
            input.peek(Token![else]) || input.peek(Token![default]) || input.peek(complete);
        while !input.peek(Token![=>]) {
            is_known |= input.peek(Token![=]) || input.peek(Token![->]);
            head.extend([input.parse::<TokenTree>()?]);
        }
        let shown = Shown::of(head.clone());
        if !is_known || shown.question || shown.returns {
            return Err(input.error("another macro, or a leave in front of a handler"));
        }
        input.parse::<Token![=>]>()?.to_tokens(&mut head);
        let is_block = input.peek(token::Brace);
        let handler = if is_block {
            Expr::Block(input.parse()?)
        } else {
            input.parse()?
        };
        let comma = if is_block || input.is_empty() {
            input.parse()?
        } else {
            Some(input.parse()?)
        };
        Ok(Self {
            head,
            handler,
            comma,
        })
    }
}

/// The branches of a `select!`. `None` if it is another macro of that name, or if there are leaves in front of handlers.
fn branches(mac: &Macro) -> Option<Vec<Branch>> {
    let branches = |input: ParseStream| {
        let mut branches = Vec::new();
        while !input.is_empty() {
            branches.push(Branch::parse(input)?);
        }
        Ok(branches)
    };
    branches.parse2(mac.tokens.clone()).ok()
}

/// The name of a macro, without its path.
pub(super) fn name(mac: &Macro) -> Option<String> {
    mac.path.segments.last().map(|last| last.ident.to_string())
}

pub(super) fn classify(mac: &Macro) -> Foreign {
    let Some(name) = name(mac) else {
        return Foreign::Unknown;
    };
    let is = |names: &[&str]| names.contains(&name.as_str());
    if name == "thread_local" {
        // What leaves in it leaves a function in the value of a static, and the statements behind it use that static.
        return Foreign::Harmless;
    }
    if is_with(mac) {
        if let Ok(with) = parse(mac.tokens.clone()) {
            return Foreign::With(with);
        }
        // Another macro of that name; or it reports what is wrong with it itself.
    }
    if is(SELECT) {
        if let Some(branches) = branches(mac) {
            return Foreign::Select(branches);
        }
    }
    let shown = Shown::of(mac.tokens.clone());
    if shown.yields || is(STREAMS) {
        return Foreign::Unknown;
    }
    if is(EXPRESSIONS) {
        if shown.is_nothing() {
            return Foreign::Harmless;
        }
        let parse = if name == "matches" {
            matched
        } else {
            arguments
        };
        if let Ok(arguments) = parse.parse2(mac.tokens.clone()) {
            return Foreign::Expressions(arguments);
        }
    }
    let leaves = shown.question || shown.returns || is(HIDE_RETURN);
    let by = if shown.returns {
        LeavesBy::Return
    } else if is(HIDE_RETURN) {
        LeavesBy::Itself
    } else {
        LeavesBy::Question
    };
    let awaits = shown.awaits || is(HIDE_AWAIT);
    match (leaves, awaits) {
        (true, _) => Foreign::Leaves(Leaves {
            by,
            awaits,
            always: name == "bail",
        }),
        (false, true) => Foreign::Awaits,
        (false, false) if is(HARMLESS) || is(EXPRESSIONS) => Foreign::Harmless,
        (false, false) => Foreign::Unknown,
    }
}

/// `ensure!(condition, message)`: the condition, and the call that fails.
///
/// `None` if there is no message: then the macro makes one of the condition, which has to stay.
pub(super) fn ensured(mac: &Macro) -> Option<(Expr, Macro)> {
    if name(mac)? != "ensure" {
        return None;
    }
    let parts = |input: ParseStream| {
        let condition = input.parse::<Expr>()?;
        let comma = input.parse::<Token![,]>()?;
        Ok((condition, comma, input.parse::<TokenStream>()?))
    };
    let (condition, comma, message) = parts.parse2(mac.tokens.clone()).ok()?;
    if message.is_empty() {
        return None;
    }
    let mut failing = mac.clone();
    failing.tokens = quote_spanned!(mac.path.span()=> false #comma #message);
    Some((condition, failing))
}

pub(super) fn shows_await(mac: &Macro) -> bool {
    Shown::of(mac.tokens.clone()).awaits
}

/// `with!`, by any path.
pub(crate) fn is_with(mac: &Macro) -> bool {
    let last = mac.path.segments.last();
    last.is_some_and(|last| last.ident == "with")
}

/// `expr, expr, ..` or `expr; expr`.
fn arguments(input: ParseStream) -> syn::Result<Arguments> {
    let mut expressions = Vec::new();
    let mut separators = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![let]) {
            return Err(input.error("a statement, as in the `pin!` of tokio"));
        }
        expressions.push(input.parse()?);
        if input.peek(Token![,]) || input.peek(Token![;]) {
            let separator: TokenTree = input.parse()?;
            separators.push(separator.into());
        } else if !input.is_empty() {
            return Err(input.error("not a list of expressions"));
        }
    }
    Ok(Arguments {
        expressions,
        separators,
        rest: TokenStream::new(),
    })
}

/// The arguments of `matches!`: `expr, pattern` or `expr, pattern if expr`.
fn matched(input: ParseStream) -> syn::Result<Arguments> {
    let mut expressions = vec![input.parse()?];
    let comma: Token![,] = input.parse()?;
    let mut pattern = comma.into_token_stream();
    while !input.is_empty() && !input.peek(Token![if]) {
        pattern.extend([input.parse::<TokenTree>()?]);
    }
    if input.peek(Token![if]) {
        input.parse::<Token![if]>()?.to_tokens(&mut pattern);
        expressions.push(input.parse()?);
    }
    Ok(Arguments {
        expressions,
        separators: vec![pattern],
        rest: input.parse()?,
    })
}
