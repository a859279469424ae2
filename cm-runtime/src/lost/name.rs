//! The name of a manager, out of that of its type.

use core::any::type_name;
use core::future::Ready;

use crate::raw::{AsyncGenerator, Generator, OnLost};

/// The name by which users know the manager: that of the function which made it, or of the manager in a `detached`
/// one or in one with a listener, or else that of its type.
pub(super) fn of_manager(type_name: &'static str) -> &'static str {
    let mut name = type_name;
    while let Some(held) = detached_of(name).or_else(|| listened_of(name)) {
        name = held;
    }
    function_of(name).unwrap_or(name)
}

/// The path of the function that made a generator, from the name of the generator's type, or of that of a
/// pointer, box or option of one.
///
/// The type's last argument is the generated code, which is named after the closures of the function in which
/// it stands. `None` if the name does not look like that: the form of type names is not guaranteed.
fn function_of(name: &'static str) -> Option<&'static str> {
    const HOLDERS: [&str; 4] = [
        "&mut ",
        "core::pin::Pin<",
        "alloc::boxed::Box<",
        "core::option::Option<",
    ];
    let mut inner = name;
    while let Some(held) = HOLDERS.iter().find_map(|of| inner.strip_prefix(of)) {
        inner = held;
    }
    let generators = [
        type_name::<Generator<(), ()>>(),
        type_name::<AsyncGenerator<(), Ready<()>>>(),
    ];
    let arguments = generators.iter().find_map(|generator| {
        let (path, _) = generator.split_once('<')?;
        inner.strip_prefix(path)?.strip_prefix('<')
    })?;
    let arguments = arguments.trim_end_matches('>');
    let code = &arguments[last_of(arguments)..];
    let function = code.trim_end_matches("::{{closure}}");
    (function.len() < code.len()).then_some(function)
}

/// The manager in a `detached` one, from the name of its type: the last argument of that is the code of
/// [`framed`](crate::raw::framed), of which the manager is the argument.
#[cfg(feature = "tokio")]
fn detached_of(name: &'static str) -> Option<&'static str> {
    use crate::contextlib::Detached;

    let arguments = arguments_of(name, type_name::<Detached<(), Ready<()>>>())?;
    let code = &arguments[last_of(arguments)..];
    let code = code.trim_end_matches("::{{closure}}");
    let (_, manager) = code.split_once("::framed<")?;
    manager.strip_suffix('>')
}

#[cfg(not(feature = "tokio"))]
fn detached_of(_: &'static str) -> Option<&'static str> {
    None
}

/// The manager in an [`OnLost`], from the name of its type.
fn listened_of(name: &'static str) -> Option<&'static str> {
    let arguments = arguments_of(name, type_name::<OnLost<(), ()>>())?;
    let (manager, _listener) = arguments.split_at(last_of(arguments));
    manager.strip_suffix(", ")
}

/// The arguments in the name of a type, if that is the same as `other` but for these.
fn arguments_of(name: &'static str, other: &'static str) -> Option<&'static str> {
    let (path, _) = other.split_once('<')?;
    name.strip_prefix(path)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

/// Where the last one of some arguments begins.
fn last_of(arguments: &str) -> usize {
    let mut depth = 0;
    let mut behind = ' ';
    for (at, c) in arguments.char_indices().rev() {
        match c {
            // The `>` of an `->` is no bracket.
            '>' if !arguments[..at].ends_with('-') => depth += 1,
            '<' => depth -= 1,
            ',' if depth == 0 && behind == ' ' => return at + 2,
            _ => {}
        }
        behind = c;
    }
    0
}
