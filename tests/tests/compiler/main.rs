//! What the compiler says of code in the macros: its lints, its errors of a mistake in a body, and those of a mistake in a
//! header.

mod accepted;
mod cargo;
mod crates;
mod headers;
mod lints;
mod plain_errors;
mod spellings;
