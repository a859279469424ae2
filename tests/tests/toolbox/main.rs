//! `contextlib`, on real files, archives, processes and sockets. The numbers are those of the list
//! of behaviours that the tests in `conformance/` name.

mod encoders;
mod files;
mod guards;
#[cfg(unix)]
mod processes;
#[cfg(unix)]
mod redirect;
mod shared;
mod sockets;
mod suppress;
mod transaction;
#[cfg(unix)]
mod unix_files;
mod unwritten;
