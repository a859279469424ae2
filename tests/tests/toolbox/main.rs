//! `contextlib`, on real files, archives, processes and sockets. The numbers are those of the list
//! of behaviours that the tests in `conformance/` name.

mod encoders;
mod files;
mod guards;
mod processes;
#[cfg(unix)]
mod redirect;
mod shared;
mod suppress;
mod transaction;
mod unwritten;
