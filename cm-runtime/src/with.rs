//! `with!`, as users see it.

/// Enters managers, runs a body, and exits them, however the body is left.
///
/// ```
/// use std::sync::Mutex;
/// use cm_runtime::with;
///
/// let counter = Mutex::new(0);
/// let seen = with! { &counter as mut count => {
///     *count += 1;
///     *count
/// } };
/// assert_eq!(seen, 1);
/// ```
///
/// # Grammar
/// ```text
/// with! { item ("," item)* ","? "=>" body }              the documented spelling
/// with!( binding ("," binding)* "," body )               the spelling that rustfmt formats
/// item    = "async"? expr ("as" pattern (":" type)?)?
/// binding = (pattern "=")? (expr | "async" "{" expr "}")
/// body    = "async"? ("try" | "catch")? block
/// ```
/// Both work in parentheses, brackets and braces. (rustfmt leaves the second one alone as well in braces,
/// with a pattern that is not an expression too, such as `mut x`, and with `catch` or `async try`.) The pattern is any that always matches: `mut x`, `(a, b)`, `_`, `S { f, .. }`. `as` is also
/// Rust's cast: `x as u32 as n` enters `x as u32` and binds `n`. The compiler has to know the type of a manager
/// at this place already, as it has to know that of the `x` in `x.method()`.
///
/// Several items are nested blocks, the first outermost. A later one can use an earlier one's
/// binding.
///
/// ```
/// # use std::sync::Mutex;
/// # use cm_runtime::with;
/// # let (from, to) = (Mutex::new(5), Mutex::new(0));
/// with! { &from as mut a, &to as mut b => {
///     *a -= 2;
///     *b += 2;
/// } }
/// with!(mut a = &from, mut b = &to, {
///     *a -= 1;
///     *b += 1;
/// });
/// assert_eq!((*from.lock().unwrap(), *to.lock().unwrap()), (2, 3));
/// ```
///
/// # Async managers
/// In an async function, `async` before a manager says that its enter and its exit are awaited: see
/// [`AsyncContextManager`](crate::AsyncContextManager), also for what happens when the future is
/// dropped. Sync and async managers mix in one header. In the second spelling write `async { .. }`
/// around the manager. (In the first spelling `async { .. }`, `async move` and `async |..|` are expressions, as
/// elsewhere.)
///
/// ```
/// # use std::convert::Infallible;
/// # use std::sync::Mutex;
/// # use cm_runtime::{AsyncContextManager, Outcome, Owned, with};
/// # struct Connect(u16);
/// # impl AsyncContextManager for Connect {
/// #     type Lends = Owned<u16>;
/// #     type Exit = ();
/// #     async fn enter(&mut self) -> Result<u16, Infallible> { Ok(self.0) }
/// #     async fn exit(&mut self, _: Outcome<'_>) {}
/// # }
/// async fn total(base: &Mutex<u16>) -> u16 {
///     with! { base as base, async Connect(80) as port => { *base + port } }
/// }
/// async fn formatted(base: &Mutex<u16>) -> u16 {
///     with!(base = base, port = async { Connect(80) }, { *base + port })
/// }
/// # let (base, mut context) = (Mutex::new(1), std::task::Context::from_waker(std::task::Waker::noop()));
/// # use std::future::Future;
/// # assert_eq!(std::pin::pin!(total(&base)).poll(&mut context), std::task::Poll::Ready(81));
/// # assert_eq!(std::pin::pin!(formatted(&base)).poll(&mut context), std::task::Poll::Ready(81));
/// ```
///
/// # Control flow
/// The body is transparent: what compiles as a plain block compiles here, and means the same.
/// `?`, `return`, `break` and `continue`, with or without labels and values, do what they do
/// without `with!`, after exit has run. `.await` works in the body wherever the enclosing function
/// is async. The block is an expression.
///
/// ```
/// # use std::sync::Mutex;
/// # use cm_runtime::with;
/// fn first_even(numbers: &Mutex<Vec<String>>) -> Result<Option<u32>, std::num::ParseIntError> {
///     with! { numbers as list => {
///         for text in list.iter() {
///             let number: u32 = text.parse()?;
///             if number % 2 == 0 {
///                 return Ok(Some(number));
///             }
///         }
///     } }
///     Ok(None)
/// }
/// # let numbers = Mutex::new(vec!["3".into(), "4".into(), "x".into()]);
/// assert_eq!(first_even(&numbers), Ok(Some(4)));
/// ```
///
/// # What happens, in order
/// 1. The manager expression is evaluated; its temporaries live until after exit.
/// 2. Enter. If it fails, exit is not called.
/// 3. The lent value is bound, and the body runs.
/// 4. The body's locals and the lent value are dropped.
/// 5. Exit is told the [outcome](crate::Outcome), exactly once.
/// 6. The leave goes on, or the block's value is handed on.
///
/// **An `Err` as the body's value counts as a failure**, as do a `?` that leaves and a
/// `return Err(..)`. Exit sees the error as the body raised it, before `?` converts it. A `None` that leaves
/// by `?` is a failure too; `return None` and a body value `None` are not.
///
/// Under several managers all of them are told of the failure, up to one that suppresses it, as with Python's
/// exceptions. That is so although an inner manager wraps the `Err` in the value of its own block: in `Ok(Err(..))`
/// if it can fail and has no `?` in the header, in `Some(Err(..))` if it can suppress. The same holds for a body that
/// ends with another `with!`.
///
/// These are values like any other, and not failures:
/// - a `Some(Err(..))` from elsewhere, such as a variable that holds the value of an earlier block, or a `with!` in a
///   branch of an `if` or a `match` with which the body ends;
/// - a `break` with an `Err`;
/// - in generic code a value of type `T`, even if `T` turns out to be a `Result`. So write a function that runs
///   a closure in a transaction for a `Result<T, E>`, and not for any `T`.
///
/// ```
/// use cm_runtime::contextlib::{guard, suppress};
/// use cm_runtime::with;
///
/// let mut committed = None;
/// let block = with! {
///     guard(&mut committed, |committed, outcome| *committed = Some(outcome.is_success())),
///     suppress::<std::fmt::Error>()
/// => {
///     "x".parse::<u8>()
/// } };
/// assert!(matches!(block, Some(Err(_))));
/// assert_eq!(committed, Some(false));
/// ```
///
/// # What the block is
/// The manager's verdict decides it: see the table at [`Verdict`](crate::Verdict). An exit that
/// can fail makes the block a `Result`, one that can suppress makes it an `Option`. A block that is not `()`
/// needs a semicolon as a statement. In a `let .. else` the compiler asks for parentheses instead of braces:
/// `let Some(n) = with!(m() => { .. }) else { .. };`.
///
/// A `?` at the end of a manager expression means that an error in building, entering or exiting
/// that manager leaves the block as `?` would, through the exits further out. The expression may
/// be a manager or a `Result` of one. The `?` applies to the whole expression, also in `&mut m?`, where elsewhere
/// it would apply to `m`. A `?` inside of parentheses, as in `(expr?)` or `&mut (open()?)`, is an ordinary one.
///
/// An `Option` of a manager is a manager itself, which does nothing if it is `None`. So a `?` behind one does not leave
/// then: it is about errors of the manager, and the body runs with nothing entered; or it does not compile, in a function
/// that returns an `Option`. Write `(locks.get(&key)?)`, or `locks.get(&key).ok_or(NoSuchLock)?`.
///
/// When body and exit both fail, the body's error goes on, and exit's error is
/// [lost](mod@crate::lost), and so reported. When exit fails after a body that did not fail, its error goes on
/// in place of the leave.
///
/// # `=> try`, `=> catch`, `=> async`
/// In `=> try { .. }` a `?` stops at the block, whose body then is a `Result`; `?` converts nothing
/// there. `return`, `break` and `continue` go through.
///
/// ```
/// # use std::sync::Mutex;
/// # use cm_runtime::with;
/// let sum = with! { &Mutex::new(1) as base => try { *base + "2".parse::<u8>()? } };
/// assert_eq!(sum, Ok(3));
/// ```
///
/// `=> catch { .. }` runs the body under [`catch_unwind`](std::panic::catch_unwind): exit sees the
/// panic's payload, and can suppress the panic; an async exit is awaited. In other bodies exit runs while
/// the panic unwinds. A body under `=> catch` captures what it uses, as a closure does.
///
/// ```
/// # use cm_runtime::{Outcome, Suppress, context_manager, with};
/// #[context_manager]
/// fn survives() -> Suppress {
///     let outcome = yield_!();
///     Suppress::when(matches!(outcome, Outcome::Panicked(_)))
/// }
///
/// let third = |list: &[u8]| with! { survives() => catch { list[2] } };
/// assert_eq!((third(&[1, 2, 3]), third(&[1, 2])), (Some(3), None));
/// ```
///
/// All managers in the header see the payload, up to one that suppresses the panic, and their async exits are
/// awaited. If none does, the panic then goes on. A panic of an enter or an exit is no panic of the body: it
/// unwinds as in other blocks.
///
/// `=> async` says that macros in the body, other than std's, await without showing it; it can be combined
/// with the others. If the future is dropped at such an await, exit is told
/// [`Cancelled`](crate::Outcome::Cancelled); and also if such a macro hides a `return`. Without
/// `=> async` exit is told of a failure in both cases. If it is a panic elsewhere that drops the future while a macro
/// awaits, a `select!` or a `join!` too, exit is told [`Panicked`](crate::Outcome::Panicked): whether the macro itself
/// has panicked is not known.
///
/// # Macros in the body
/// Leaves in the arguments of macros work: `println!("{}", f()?)`, `json!({ "a": f()? })`. So do
/// macros that are known to return (`bail!`, `ensure!`). If a macro other than std's shows a `?` or a `return`,
/// its call captures what it uses, as a closure does. (An `ensure!` with a message captures only where it fails.)
///
/// Exit is told of a failure by such a `?`. A call that shows a `return` as well is judged by what it returns, and so a
/// `None` then is no failure.
///
/// A macro that returns without showing it in its arguments works as well. But exit is told of an opaque failure,
/// whatever the macro returned, and cannot suppress or replace it; an async manager is cancelled. The same goes for a
/// `break` or `continue` with a label, shown or not, in a macro that is neither std's nor a `select!`.
///
/// # Limits
/// What compiles as a plain block and not here, each with its way out:
///
/// | | way out |
/// |---|---|
/// | an error that borrows from what the body owns leaves by `?` (it is converted after exit) | `.map_err(App::from)?` |
/// | an error that borrows, of a type that is an `Error` only where it is `'static`: arrayvec's `CapacityError<&str>` | convert it in the body: `.map_err(CapacityError::simplify)?` |
/// | a closure as the block's value, where an `impl Fn(&A) -> B` is expected | say the types of its parameters; for an `impl Fn(&A) -> &B`, a function, or a `Box<dyn Fn(&A) -> &B>` |
/// | a `break` or `continue` in a macro that is neither std's nor a `select!`, with no label or beside a `?` or `return`; or in a `select!` with a `?` or `return` in front of a `=>` | take it out of the call: bind the value before, and then `break` |
/// | what is moved, first assigned or borrowed before a `break`, a `break value` or a `continue` with no label, and is used again behind the block or the loop | label the loop |
/// | a value that a `return` or a `break` moves and that is used behind the block, or in the loop around it, if exit can stop the leave: it can suppress, or can fail and has no `?` in the header | the `?`, where exit cannot suppress; or move a clone |
/// | a value that a macro other than std's moves, or a variable that it first assigns, if the macro shows a `?` or a `return`; and that is used behind its call | bind what leaves before the call, or move a clone |
/// | under `=> try`, a macro that shows both a `?` and a `return`: its `?` leaves the function as well | take one of them out of the call |
/// | a macro that declares a variable, and shows a `?` or a `return`: `tokio::pin! { let next = connect()?; }` | do what leaves before: `let next = connect()?; tokio::pin!(next);` |
/// | a temporary at the body's end that a plain block would keep alive | bind it before the block |
/// | a body under `=> catch` that first assigns an outer variable; or moves one that is used again, if only where the body has left before | do it outside |
/// | a macro that awaits without showing it, under `=> catch` or with a `?` or `return` in its arguments (it panics) | `=> async catch`, `=> async` |
/// | some 500 `?` in one body, each counted once for every manager around it (the compiler runs out of stack) | move a part of the body into a function; or compile with `RUST_MIN_STACK=33554432` |
///
/// Exit does not run when the process ends without unwinding (abort, `process::exit`, `panic =
/// "abort"`), and not in a future that is forgotten.
///
/// # Panics
/// If the body, an enter or an exit does. A panic of an exit goes on in place of an error of the body, which is
/// [dropped](mod@crate::lost); only while another panic unwinds it is caught, and lost.
///
/// If a macro in the body awaits something that is not ready without showing it, in the cases above. If a macro that is
/// named `bail` does not leave.
#[cfg_attr(docsrs, doc(cfg(feature = "macros")))]
#[macro_export]
macro_rules! with {
    ($($input:tt)*) => {
        $crate::__private::with! { [$crate] $($input)* }
    };
}
