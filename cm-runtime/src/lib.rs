//! Context managers for Rust: Python's `with` statement, checked at compile time.
//!
//! `Drop` cannot return an error, cannot see whether the scope failed, and cannot suppress that failure. A
//! context manager has an [enter](ContextManager::enter) and an [exit](ContextManager::exit). Exit runs
//! exactly once, however the body is left, and is told [how](Outcome). Its return type, the [`Verdict`],
//! says whether it can fail or suppress.
//!
//! ```
//! use std::convert::Infallible;
//! use cm_runtime::{ContextManager, Mut, Outcome, with};
//!
//! /// Keeps the changes of a body that succeeds, and undoes those of one that fails.
//! struct Transaction<'a> {
//!     stock: &'a mut Vec<&'static str>,
//!     before: Vec<&'static str>,
//! }
//!
//! impl ContextManager for Transaction<'_> {
//!     type Lends = Mut<Vec<&'static str>>;
//!     type Exit = ();
//!
//!     fn enter(&mut self) -> Result<&mut Vec<&'static str>, Infallible> {
//!         self.before = self.stock.clone();
//!         Ok(self.stock)
//!     }
//!     fn exit(&mut self, outcome: Outcome<'_>) {
//!         if !outcome.is_success() {
//!             *self.stock = std::mem::take(&mut self.before);
//!         }
//!     }
//! }
//!
//! fn order(stock: &mut Vec<&'static str>, wanted: &str) -> Result<&'static str, String> {
//!     with! { Transaction { stock, before: vec![] } as shelf => {
//!         let first = shelf.pop().ok_or("nothing left")?; // exit is told of the failure
//!         if first == wanted {
//!             return Ok(first); // leaves the function, after exit: no failure
//!         }
//!         Err(format!("{wanted} was not next")) // an `Err` as the block's value is a failure
//!     } }
//! }
//!
//! let mut stock = vec!["plum", "pear"];
//! assert_eq!(order(&mut stock, "pear"), Ok("pear"));
//! assert!(order(&mut stock, "pear").is_err());
//! assert_eq!(stock, ["plum"], "the failed order took nothing");
//! ```
//!
//! # Where things are
//! - [`with!`] enters managers for the length of a block. [`Manager::with`] does it without a
//!   macro.
//! - [`#[context_manager]`](macro@context_manager) makes a manager of a function with one yield,
//!   [`#[within]`](macro@within) enters one for the body of a function.
//! - [`ExitStack`] holds any number of managers; [`contextlib`] has ready-made ones.
//! - [`ContextManager`] is the trait to implement; [`Manager`] the bound for generic code.
//! - Where enter and exit await: [`AsyncContextManager`], [`AsyncManager`], [`AsyncExitStack`].
//! - [`Verdict`], [`Suppress`]: what exit can do. [`Outcome`]: what it is told.
//! - [`mod@lost`]: the errors of exit that cannot reach the caller.
//! - [`bounds`]: the traits that the compiler names when something in a block does not fit.
//!
//! # In a library
//! - To offer managers, implement [`ContextManager`] or [`AsyncContextManager`], or write functions with
//!   [`#[context_manager]`](macro@context_manager). A function that returns a manager has the return type
//!   `impl Manager<Lends = Mut<T>, Exit = ()>`, or names the [`Generator`]. If its callers spawn tasks, it
//!   [names the `AsyncGenerator`](AsyncManager#generic-code-and-send).
//! - To take a manager, ask for [`M: Manager`](Manager); if you enter it more than once, for `M: Manager + Unpin`.
//!   To [wrap another manager](Manager#a-manager-around-another-one), implement `ContextManager` for a type
//!   with an `M: ContextManager` in it.
//! - To test a manager alone, call its enter and exit by hand, with an outcome of each kind:
//!   `Outcome::Succeeded(Leave::End)`, [`Outcome::failed(&error)`](Outcome::failed), `Outcome::Cancelled`.
//! - To re-export the macros to users who do not depend on this crate: `with!` works by any path, also in macros
//!   of the library. It has to keep its name: if it is renamed (`with as scope`), a block around it, and a function
//!   with a yield in it, take it for a foreign macro. To the attributes they have to say where this crate is:
//!   `crate = ::library::cm`, if the library has a `pub use cm_runtime as cm`.
//!
//! # Features
//! - `std` (default): catching panics, the lost-error hook, `&Mutex` as a manager, [`contextlib`],
//!   [`AsyncExitStack`].
//! - `macros` (default): [`with!`], [`#[context_manager]`](macro@context_manager) and
//!   [`#[within]`](macro@within). They work without `std`; what they depend on runs in the compiler only.
//! - `alloc`: `Box<M>` as a manager, [`ExitStack`]. It depends on thiserror. Implied by `std`.
//! - `anyhow`: `anyhow::Error` as the error of an [exit stack](ExitStack#with-other-error-types). It implies
//!   `alloc`.
//! - `redirect`, `tempfile`, `tokio`, `log`, `tracing`: more of [`contextlib`], each with the crates it needs.
//!   They imply `std`.
//!
//! Without any of them the crate has no dependency.
//!
//! Without `std` a panic out of exit while another one unwinds is not caught, lost errors reach
//! only [`ContextManager::lost`] and [listeners](Manager::on_lost), `=> catch` is refused, and an error that is not
//! known to be `Sync` is neither shown nor found by its type. A panic cannot always be told from other ways of leaving: a stack that is dropped, and a
//! block whose body calls macros that are not std's, then tell exit of a failure.
//!
//! # Where it runs
//! With Rust 1.85 or later, in crates of any edition from 2018 on. Where a panic aborts the process
//! (`panic = "abort"`), no exit runs after a panic; after all other leaves exit runs as elsewhere.
//!
//! A future with a block in it is [`Send`] when the managers, what they lend and the body are. Under an async manager the
//! same goes for what leaves the body, also by a `?`, since exit is awaited before it goes on: a `Box<dyn Error + Send + Sync>`.
//! [`ExitStack`] is not `Send`, nor are the managers in [`contextlib`] of state that the whole process shares, such
//! as the working directory.

#![no_std]
// On docs.rs each item says which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(all(feature = "macros", feature = "std")),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "some items link to others that need a feature"
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod async_closure;
mod async_generator;
mod async_impls;
mod async_manager;
#[cfg(feature = "macros")]
mod attributes;
pub mod bounds;
mod closure;
#[cfg(feature = "std")]
pub mod contextlib;
#[cfg(feature = "alloc")]
pub mod exit_stack;
mod generator;
mod impls;
mod lends;
pub mod lost;
mod manager;
mod on_lost;
mod outcome;
mod raw;
mod verdict;
#[cfg(feature = "macros")]
mod with;

/// The macro of the standard library, to pin a manager that is not [`Unpin`], such as a [`Generator`], on
/// the stack. [`with!`] does not need it: it pins what it enters.
#[doc(no_inline)]
pub use core::pin::pin;

#[cfg(feature = "alloc")]
pub use async_generator::BoxAsyncGenerator;
pub use async_manager::{AsyncContextManager, AsyncErrorOf, AsyncManager, AsyncOutcomeOf};
#[cfg(feature = "macros")]
pub use attributes::{context_manager, within};
#[cfg(feature = "std")]
#[doc(inline)]
pub use exit_stack::AsyncExitStack;
#[cfg(feature = "alloc")]
#[doc(inline)]
pub use exit_stack::ExitStack;
pub use impls::Optional;
pub use lends::{Lend, Lends, Lent, Mut, Owned, Ref};
#[doc(inline)]
pub use lost::{LostCause, LostError};
#[cfg(feature = "std")]
#[doc(inline)]
pub use lost::{set_lost_error_hook, take_lost_error_hook};
pub use manager::{ContextManager, ErrorOf, Manager, OutcomeOf};
pub use on_lost::OnLost;
pub use outcome::{Failure, Leave, Outcome, Panic, Shown, Typed, View};
pub use raw::{AsyncGenerator, Generator};
pub use verdict::{Inspecting, Suppress, Verdict};

#[doc(hidden)]
#[path = "expansion/mod.rs"]
pub mod __private;
