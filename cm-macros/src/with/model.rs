//! What a `with!` says.

use syn::{Block, Expr, Pat, Token, Type};

pub(crate) struct With {
    pub(crate) items: Vec<Item>,
    pub(crate) body: Body,
}

/// One manager of the header.
pub(crate) struct Item {
    pub(crate) is_async: Option<Token![async]>,
    pub(crate) manager: Expr,
    /// A `?` at the end of the manager expression: errors leave.
    pub(crate) question: Option<Token![?]>,
    pub(crate) pattern: Option<Pat>,
    pub(crate) ty: Option<Type>,
}

pub(crate) struct Body {
    /// Foreign macros in the body may hide awaits.
    pub(crate) is_async: bool,
    pub(crate) mode: Mode,
    pub(crate) block: Block,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Plain,
    /// A `?` stops at the block.
    Try,
    /// A panic stops at the block, and goes on after exit.
    Catch,
}
