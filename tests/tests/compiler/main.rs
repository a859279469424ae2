//! What the compiler says of code in the macros: its lints, its errors of a mistake in a body, those of a mistake in a
//! header, and those that only an incremental compiler has.

mod accepted;
mod cargo;
mod crates;
mod headers;
mod incremental;
mod lints;
mod plain_errors;
mod spellings;
