//! The procedural macros of `cm-runtime`, which re-exports them with their documentation.

mod async_trait;
mod context_manager;
#[cfg(test)]
mod expansions;
mod function;
mod groups;
mod imported;
mod names;
#[cfg(test)]
mod prefixes;
#[cfg(test)]
mod robust;
mod runtime_path;
#[cfg(test)]
mod signatures;
mod unread;
mod with;
mod within;

use proc_macro::TokenStream;

/// See `cm_runtime::with!`, which calls this with its own path in front.
#[proc_macro]
pub fn with(input: TokenStream) -> TokenStream {
    with::expand(input.into()).into()
}

/// The same for rust-analyzer.
#[proc_macro]
pub fn with_in_editor(input: TokenStream) -> TokenStream {
    with::editor::expand(input.into()).into()
}

/// See `cm_runtime::context_manager`.
#[doc(alias = "contextmanager")]
#[doc(alias = "asynccontextmanager")]
#[proc_macro_attribute]
pub fn context_manager(args: TokenStream, item: TokenStream) -> TokenStream {
    context_manager::expand(args.into(), item.into()).into()
}

/// The same for rust-analyzer.
#[proc_macro_attribute]
pub fn context_manager_in_editor(args: TokenStream, item: TokenStream) -> TokenStream {
    context_manager::editor::expand(args.into(), item.into()).into()
}

/// See `cm_runtime::within`.
#[doc(alias = "ContextDecorator")]
#[doc(alias = "AsyncContextDecorator")]
#[proc_macro_attribute]
pub fn within(args: TokenStream, item: TokenStream) -> TokenStream {
    within::expand(args.into(), &item.into()).into()
}

/// The same for rust-analyzer.
#[proc_macro_attribute]
pub fn within_in_editor(args: TokenStream, item: TokenStream) -> TokenStream {
    within::editor::expand(args.into(), &item.into()).into()
}
