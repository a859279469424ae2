//! `#[context_manager]` and `#[within]`, as users see them.

/// Makes a manager of a function with one yield: the code before the yield is enter, the code after it is
/// exit.
///
/// ```
/// use std::fs::{self, File};
/// use std::io::{self, Write};
/// use std::path::Path;
/// use cm_runtime::{context_manager, with};
///
/// /// A file that is there whole or not at all.
/// #[context_manager(yields = &mut File)]
/// fn atomic_write(path: &Path) -> io::Result<()> {
///     let tmp = path.with_extension("tmp");
///     let mut file = File::create(&tmp)?;   // enter; an error here fails enter
///     let outcome = yield_!(&mut file);     // the body runs here
///     if outcome.is_success() {             // exit
///         file.sync_all()?;
///         fs::rename(&tmp, path)
///     } else {
///         fs::remove_file(&tmp)
///     }
/// }
///
/// # fn main() -> io::Result<()> {
/// # let path = std::env::temp_dir().join(format!("cm-attribute-{}", std::process::id()));
/// with! { atomic_write(&path)? as file => {
///     file.write_all(b"all of it")?;
/// } }
/// # assert_eq!(fs::read(&path)?, b"all of it");
/// # fs::remove_file(path)
/// # }
/// ```
///
/// It is Python's `contextlib.contextmanager` without its trap: the code after the yield always runs, also
/// after a failure or a panic, and the [outcome](crate::Outcome) is the value of the yield.
///
/// The function becomes one that returns a [`Generator`](crate::Generator), unboxed. To call it runs
/// nothing; its code begins to run at enter. It can be free, associated, a method, or declared in a trait, and
/// have generics, lifetimes and `impl Trait` arguments.
///
/// # What is lent
/// `yields = T` gives the type of the lent value; without it nothing is lent. An elided lifetime in `T`
/// (`&mut File`, `MutexGuard<'_, X>`) is that of the block: the function's own locals can be lent.
///
/// ```
/// # use std::sync::{Mutex, MutexGuard};
/// # use cm_runtime::{context_manager, with};
/// #[context_manager(yields = (MutexGuard<'_, Vec<u8>>, &str))]
/// fn scratch(name: &str) {
///     let (list, name) = (Mutex::new(vec![1]), name.to_uppercase());
///     yield_!((list.lock().unwrap(), &name));
/// }
///
/// let text = with! { scratch("list") as (mut list, name) => {
///     list.push(2);
///     format!("{name}: {list:?}")
/// } };
/// assert_eq!(text, "LIST: [1, 2]");
/// ```
///
/// To lend something that outlives the block, name its lifetime:
///
/// ```
/// # use cm_runtime::{context_manager, with};
/// #[context_manager(yields = &'s str)]
/// fn trimmed<'s>(text: &'s str) {
///     yield_!(text.trim());
/// }
///
/// let text = String::from(" text ");
/// let kept = with! { trimmed(&text) as trimmed => { trimmed } };
/// assert_eq!(kept, "text");
/// ```
///
/// Write the lifetime of a type path as `'_`. One that is left out, as in `MutexGuard<X>`, is that of an argument, as in
/// a return type, and no local can be lent for it ("does not live long enough").
///
/// `T` must be covariant in an elided lifetime, as most types are; `Cell<&T>`, `&mut Vec<&T>`,
/// `Box<dyn Iterator<Item = &T> + '_>`, and in generic code a `Lent<'_, L>`, are not ("lifetime may not live long
/// enough"). The way out is to lend something owned, or a `&mut` to something that borrows from the arguments only, and by
/// a lifetime with a name: `yields = &mut Transaction<'c>` of a `connection: &'c mut Connection`, not `Transaction<'_>`.
///
/// # What exit can do
/// The function's return type is its verdict: `()`, `Result<(), E>`, [`Suppress`](crate::Suppress)
/// or `Result<Suppress, E>`; see [`Verdict`](crate::Verdict). Enter fails with the same `E`.
///
/// ```
/// # use cm_runtime::{Suppress, context_manager, with};
/// #[context_manager]
/// fn suppress_parse_errors() -> Suppress {
///     let outcome = yield_!();
///     Suppress::when(outcome.is::<std::num::ParseIntError>())
/// }
///
/// fn sum(numbers: &[&str]) -> Result<u32, std::num::ParseIntError> {
///     let mut sum = 0;
///     for number in numbers {
///         with! { suppress_parse_errors() => { sum += number.parse::<u32>()?; } };
///     }
///     Ok(sum)
/// }
/// assert_eq!(sum(&["1", "x", "2"]), Ok(3));
/// ```
///
/// # Managers around the yield
/// A manager can be made of others, which it enters around its yield. They are told the outcome that the yield
/// gives, as in Python, where the exception comes out of the `yield`: here the transaction is rolled back if
/// the block fails. If the code after the yield fails by itself, they are told of that failure instead.
///
/// An error that the code after the yield returns when the body has failed does not take the place of the body's error,
/// as one that is raised in Python's `except` does: it is [lost](mod@crate::lost). A manager that translates errors is
/// written by hand, with [`exit_replaces`](crate::ContextManager::exit_replaces).
///
/// ```
/// # use std::cell::RefCell;
/// # use cm_runtime::contextlib::{timer, transaction};
/// # use cm_runtime::{Outcome, context_manager, with};
/// # #[derive(Debug)]
/// # struct Error;
/// # struct Db(RefCell<Vec<&'static str>>);
/// # impl Db {
/// #     fn begin(&self) -> Result<&Self, Error> { self.say("begin").map(|()| self) }
/// #     fn say(&self, line: &'static str) -> Result<(), Error> { self.0.borrow_mut().push(line); Ok(()) }
/// # }
/// #[context_manager(yields = &Db)]
/// fn unit_of_work(db: &Db) -> Result<(), Error> {
///     let slow = |took, _: Outcome<'_>| println!("took {took:?}");
///     let (commit, rollback) = (|db: &Db| db.say("commit"), |db: &Db| db.say("rollback"));
///     with! { timer(slow), transaction(db.begin()?, commit, rollback)? as db => {
///         yield_!(*db);
///     } }
///     Ok(())
/// }
///
/// # let db = Db(RefCell::default());
/// let failed = with! { unit_of_work(&db) => { "seven".parse::<u8>() } };
/// assert!(matches!(failed, Ok(Err(_))));
/// assert_eq!(*db.0.borrow(), ["begin", "rollback"]);
/// ```
///
/// If a manager around the yield suppresses the failure, its own block is `None`. For the generator to suppress
/// the failure too, it has to return so: `Suppress::when(block.is_none())`. If the function fails after that
/// block, its own error is [lost](mod@crate::lost), and the body's goes on; in Python the newer one does.
///
/// A manager around the yield that asks for the type of the error
/// ([`suppress::<E>()`](crate::contextlib::suppress)) finds it only if the generator's own verdict can suppress, or
/// is [`Inspecting`](crate::Inspecting).
///
/// # The yield
/// There is exactly one yield, which is checked at compile time. It must not be in a loop, a closure, an async
/// block, a nested function, or the arguments of another macro; it can be in an `if`, a `match`, a block or a nested
/// [`with!`](crate::with!). If it is in a branch that is not taken, enter panics. (A `return` before the yield is
/// refused if it plainly returns no error, as a `return Ok(())` does.)
///
/// It is spelled `yield_!(value)`, since `yield` is a keyword. `r#yield!(value)` is the same, and so is
/// `yield!(value)` where the compiler accepts it: inside of `with!`, or with nightly's `yield_expr`.
///
/// # Async
/// On an `async fn` the attribute makes an async manager, an [`AsyncGenerator`](crate::AsyncGenerator), which
/// can await before the yield and after it.
///
/// ```
/// # use std::cell::Cell;
/// # use std::future::Future;
/// # use cm_runtime::{context_manager, with};
/// # struct Pool(Cell<u32>);
/// # impl Pool {
/// #     async fn acquire(&self) -> Result<u32, String> { self.0.set(self.0.get() - 1); Ok(7) }
/// #     async fn release(&self, _: u32) { self.0.set(self.0.get() + 1); }
/// # }
/// #[context_manager(yields = &mut u32)]
/// async fn connection(pool: &Pool) -> Result<(), String> {
///     let mut connection = pool.acquire().await?;
///     yield_!(&mut connection);
///     pool.release(connection).await;
///     Ok(())
/// }
///
/// async fn work(pool: &Pool) -> Result<u32, String> {
///     with! { async connection(pool)? as connection => { Ok(*connection) } }
/// }
/// # let pool = Pool(Cell::new(1));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(std::pin::pin!(work(&pool)).poll(&mut context).is_ready());
/// # assert_eq!(pool.0.get(), 1);
/// ```
///
/// If the future that runs the block is dropped, nothing can be awaited any more. What then happens to the
/// function depends on how far it has got:
/// - at an await before its yield, or after it, it is dropped there;
/// - at its yield, it goes on with [`Outcome::Cancelled`](crate::Outcome::Cancelled) up to its next await that is
///   not ready, and is dropped there.
///
/// If the body panics the function goes on in the same way, with
/// [`Outcome::Panicked`](crate::Outcome::Panicked). So cleanup that must always run belongs between the yield and
/// the first await after it, or into the `Drop` of a local.
///
/// # In a trait
/// A trait declares such a function with the attribute, and without a body. As with an `async fn` in a trait, generic
/// code then does not know whether the manager is `Send`, which sync managers have to be as well in a task
/// that is spawned. To say so, name the type in the declaration:
///
/// ```edition2021
/// use std::future::Future;
/// use cm_runtime::{AsyncGenerator, Mut, context_manager, with};
///
/// trait Pool: Sync {
///     // `#[context_manager(yields = &mut Vec<u8>)] async fn buffer(&self);`, and `Send`
///     fn buffer(&self) -> AsyncGenerator<Mut<Vec<u8>>, impl Future<Output = ()> + Send>;
/// }
///
/// struct New;
///
/// impl Pool for New {
///     #[context_manager(yields = &mut Vec<u8>)]
///     async fn buffer(&self) {
///         yield_!(&mut Vec::new());
///     }
/// }
///
/// fn task(pool: &impl Pool) -> impl Future<Output = usize> + Send + '_ {
///     async move { with! { async pool.buffer() as buffer => { buffer.len() } } }
/// }
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert_eq!(std::pin::pin!(task(&New)).poll(&mut context), std::task::Poll::Ready(0));
/// ```
///
/// For a trait that is used as a trait object, the function has to return a
/// [`BoxAsyncGenerator`](crate::BoxAsyncGenerator), or a `Pin<Box<dyn Manager<..>>>`.
///
/// # Panics
/// Enter panics if the function returns before its yield without an error, and if the manager is entered a
/// second time (through a pin). Exit panics if the manager was not entered, as when it is
/// [pushed](crate::ExitStack::push_exit) onto a stack. Both panic if a macro in a function that is not `async`
/// hides an `.await` of something that is not ready.
///
/// # Arguments
/// | | |
/// |---|---|
/// | `yields = Type` | what is lent |
/// | `crate = path` | where `cm-runtime` is, if it is not `::cm_runtime`; generated `unsafe` code relies on that |
pub use crate::__private::context_manager;

/// Enters a manager for the body of a function: Python's `ContextDecorator`.
///
/// ```
/// use std::cell::RefCell;
/// use cm_runtime::{context_manager, within};
///
/// #[context_manager(yields = &str)]
/// fn traced(log: &RefCell<Vec<String>>, name: &str) {
///     log.borrow_mut().push(format!("enter {name}"));
///     yield_!(name);
///     log.borrow_mut().push(format!("exit {name}"));
/// }
///
/// #[within(traced(log, "double") as name)]
/// fn double(log: &RefCell<Vec<String>>, n: u32) -> u32 {
///     if n == 0 {
///         return 0;
///     }
///     log.borrow_mut().push(format!("in {name}"));
///     2 * n
/// }
///
/// let log = RefCell::default();
/// assert_eq!((double(&log, 0), double(&log, 2)), (0, 4));
/// let told = ["enter double", "exit double", "enter double", "in double", "exit double"];
/// assert_eq!(*log.borrow(), told);
/// ```
///
/// It takes what stands in the header of [`with!`](crate::with!): several managers, `as` patterns,
/// and a `?` after a manager that can fail, whose errors then leave the function. The managers may use the
/// function's arguments, and are made anew at each call.
///
/// The value of the block is what the function returns: the body's value, wrapped in an `Option` if a manager can
/// suppress, and in a `Result` if a manager can fail and has no `?` after it. A `return` takes a value of the
/// function's return type; the value at the body's end is the one that is wrapped. So within a manager that can
/// suppress, a function that returns `Option<T>` ends with a `T`, and returns `None` if a failure was suppressed.
/// Within a manager that can fail and has no `?`, a function that returns nothing is refused, since the error would be
/// lost.
///
/// So a function that returns a `Result` cannot be within a manager that suppresses and cannot fail; and one that returns
/// nothing has no `?`, with which it could fail. Where Python has `@suppress(E)`, write the block into the body of a
/// function that returns a `Result`: `with! { suppress::<E>() => { .. } }; Ok(())`.
///
/// ```
/// use std::num::ParseIntError;
/// use cm_runtime::contextlib::suppress_any;
/// use cm_runtime::within;
///
/// #[within(suppress_any(|error| error.is::<ParseIntError>()))]
/// fn first(words: &[&str]) -> Option<Result<u8, ParseIntError>> {
///     if words.is_empty() {
///         return None;
///     }
///     words[0].parse()
/// }
/// assert_eq!((first(&["7"]), first(&["x"]), first(&[])), (Some(Ok(7)), None, None));
/// ```
///
/// It goes on functions, methods and `async fn`s, whose managers are entered when the future is
/// polled. They can be sync or async, and stay entered over the function's awaits:
///
/// ```
/// # use std::cell::RefCell;
/// # use std::future::Future;
/// # use cm_runtime::{context_manager, within};
/// # type Log = RefCell<Vec<String>>;
/// #[context_manager(yields = &str)]
/// async fn session(log: &Log, name: &str) {
///     log.borrow_mut().push(format!("log in {name}"));
///     yield_!(name);
///     log.borrow_mut().push(format!("log out {name}"));
/// }
///
/// #[within(async session(log, "ann") as name)]
/// async fn greet(log: &Log) -> usize {
///     log.borrow_mut().push(format!("hello {name}"));
///     std::future::ready(name.len()).await
/// }
///
/// # let log = Log::default();
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// let future = greet(&log);
/// assert!(log.borrow().is_empty());
/// assert!(std::pin::pin!(future).poll(&mut context).is_ready());
/// assert_eq!(*log.borrow(), ["log in ann", "hello ann", "log out ann"]);
/// ```
///
/// When such a future is dropped in the middle, async managers are cancelled, and sync ones exit with
/// [`Outcome::Cancelled`](crate::Outcome::Cancelled), as in `with!`. In a function that is not `async` and
/// *returns* a future or an iterator, the managers exit when the function returns, before the future runs. (A body
/// that is just an `async` block, boxed or not, is refused.)
///
/// So an attribute that turns an `async fn` into such a function goes below `#[within]`, which is then expanded
/// first: `#[tokio::main]`, `#[tokio::test]`. So does one that moves the body into a second function, as `#[rstest]` and
/// `#[cached]` do. The exception is `#[async_trait]`, which stands on the whole impl: its output is recognized, and the
/// managers are entered in the future.
///
/// On a function with [`#[context_manager]`](macro@crate::context_manager), above it or below it, the
/// managers are entered when that manager is, and exited after it.
///
/// Of several such attributes the upper one is the outer one. `#[within(crate = path, manager)]`
/// says where `cm-runtime` is, if it is not `::cm_runtime`.
pub use crate::__private::within;
