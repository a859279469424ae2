//! Redirects its own standard streams, for `tests/toolbox/redirect.rs`, which looks at them from
//! outside: libtest captures `print!` before it gets to the file descriptor.

#[cfg(unix)]
mod unix;

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    unix::run(&args)
}

#[cfg(not(unix))]
fn main() {}
