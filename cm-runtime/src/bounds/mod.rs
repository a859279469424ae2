//! Traits that the compiler names when something in a block does not fit.
//!
//! They are the bounds of [`with!`](crate::with!), of `#[within]`, of outcomes, of some managers and of async stacks. They are neither
//! called nor implemented by hand.
//!
//! | in | the bound is |
//! |---|---|
//! | `with! { X => .. }` | [`Enter`] |
//! | `with! { X? => .. }` | [`TryEnter`] |
//! | `with! { async X => .. }` | [`EnterAsync`] |
//! | `with! { async X? => .. }` | [`TryEnterAsync`] |
//! | `X?` in a body | [`Try`] |
//! | `X.await` in a body | [`Await`] |
//! | `X?` in a body after `=> try` | [`Try`], and [`Stop`] for what leaves |
//! | `outcome.is::<E>()` | [`KnowsTypes`], for the view of the outcome |
//! | `guard(value, closure)` and its kin | [`Release`], for what the closure returns |
//! | `transaction(begun, commit, rollback)` | [`RolledBack`], for what `rollback` returns |
//! | `aclosing(value, closure)`, `atransaction(..)`, `callback(closure)` of an async stack and its kin | [`AwaitedAtExit`], for what the closures return |
//! | `suppress::<E>()` | [`Suppressible`], for `E` |
//! | `#[within(X)]`, on a function that returns nothing | [`WithoutValue`], for the value of the block |

mod awaited;
mod header;
mod question;
mod release;
mod suppress;
mod transaction;
mod within;

pub use self::awaited::{Await, AwaitedAtExit};
pub use self::header::{Enter, EnterAsync, TryEnter, TryEnterAsync};
pub use self::question::{Stop, Try};
pub use self::release::Release;
pub use self::suppress::Suppressible;
pub use self::transaction::RolledBack;
pub use self::within::WithoutValue;
pub use crate::outcome::KnowsTypes;
