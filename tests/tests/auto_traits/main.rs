//! Which public types, and which futures of blocks, are `Send`, `Sync`, `Unpin`, `UnwindSafe` and
//! `RefUnwindSafe`, and which are not. A change here is a breaking one, or unsound.

// `Redirect` and `Captured`, which are in the tables, are there on Unix only.
#![cfg(unix)]

#[macro_use]
mod table;
mod futures;
mod types;
