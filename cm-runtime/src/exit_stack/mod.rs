//! A stack of exits, for managers and callbacks whose number is known only at run time: Python's
//! `contextlib.ExitStack`.

#[cfg(feature = "std")]
mod asynchronous;
#[cfg(feature = "std")]
mod boxed;
pub(crate) mod entry;
mod error;
mod keys;
mod manager;
mod open;
pub(crate) mod unwind;
mod verdicts;

use core::fmt;
use core::panic::Location;
use core::ptr::NonNull;

use self::entry::{Callback, Entry, ExitOf, Push};
use self::unwind::Unwind;
use self::verdicts::block;
use crate::__private::unseen::HidesLeaves;
use crate::lends::Lent;
use crate::manager::{ContextManager, Manager, ManagerError};
use crate::outcome::{Leave, Outcome};
use crate::raw::{Entries, Placed};
use crate::verdict::Verdict;

#[cfg(feature = "std")]
pub(crate) use self::asynchronous::entry::AsyncEntry;
#[cfg(feature = "std")]
pub use self::asynchronous::{AsyncExitStack, Entering, Gives};
#[cfg(feature = "std")]
pub use self::boxed::Boxed;
pub(crate) use self::entry::Origin;
#[cfg(feature = "tokio")]
pub(crate) use self::error::one_after_another;
pub use self::error::{BoxError, ExitErrors, StackError};
pub use self::keys::{Key, LentKey};
pub use self::open::Open;
pub use self::verdicts::{Answer, Ends, Expressible, StackVerdict};

/// Holds entered managers and callbacks, and exits them in reverse order: when it is [closed](Self::close),
/// when the block ends whose manager it is, or when it is dropped.
///
/// ```
/// use std::fs::File;
/// use std::io::{self, Read};
/// use std::path::Path;
/// use cm_runtime::{ExitStack, context_manager, with};
///
/// #[context_manager(yields = &mut File)]
/// fn open(path: &Path) -> io::Result<()> {
///     let mut file = File::open(path)?;
///     yield_!(&mut file);
///     Ok(())
/// }
///
/// fn total(paths: &[&Path]) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
///     let mut text = String::new();
///     with! { ExitStack::new()? as stack => {
///         let mut files = Vec::new();
///         for path in paths {
///             files.push(stack.enter(open(path))?); // an error exits those that are open
///         }
///         for file in files {
///             file.read_to_string(&mut text)?;
///         }
///     } }
///     Ok(text.len())
/// }
/// # let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
/// # assert!(total(&[&path, &path]).unwrap() > 0);
/// # assert!(total(&[&path, Path::new("missing")]).is_err());
/// ```
///
/// `X` is the stack's verdict: it says what all its entries together can do, and with that what the block is. An
/// entry must not be able to do more, see [`Expressible`]. With the default a stack can fail, with
/// [any error](BoxError), and cannot suppress.
///
/// # What an entry is told, and what its error becomes
/// Each entry is told the outcome as the newer entries have changed it: after one that has suppressed the
/// failure, a success; after one that has failed, a failure. All entries run, whatever fails or panics. The
/// first failure goes on. Errors that come after it are kept with it: a [`BoxError`] then holds an
/// [`ExitErrors`], for other error types see [`StackError::followed_by`].
///
/// # Without `with!`
/// A stack that is dropped without a [`close`](Self::close) tells its entries of a failure, since a `?` that
/// leaves drops the stack in this way; while a panic unwinds it tells them of a panic. (Python's stack runs nothing
/// when it is dropped.) The errors of the entries are [lost](mod@crate::lost) then, each to the
/// [listener](Manager::on_lost) of its manager, if there is one.
///
/// In a block the errors of the entries are the error of the stack. If that is lost, it is lost to the listener of
/// the stack: `with! { stack.on_lost(..) as stack => .. }`. (For errors that do not leave the stack see there.)
///
/// # Values
/// What [`enter`](Self::enter) returns borrows the stack as shared: it stays usable while more managers are
/// entered. Entries need not be `'static`, but cannot borrow from values that the same stack has lent. For that
/// use a second stack.
///
/// Functions take a stack as `&ExitStack<'_>`. (On a `&mut ExitStack`, which is a manager, the method `enter` is that
/// of [`ContextManager`] if the trait is in scope.)
///
/// # Threads
/// Entries need not be [`Send`]. So the stack is neither `Send` nor [`Sync`], and neither is a type with a
/// stack in it. For that there is [`AsyncExitStack`], which also takes entries that do not await.
///
/// # In a manager of one's own
/// A manager with several steps to undo can use a stack: if its enter fails half-way, the stack undoes what was
/// done; and its exit is the exit of the stack.
///
/// ```
/// use std::fs;
/// use std::path::{Path, PathBuf};
/// use cm_runtime::exit_stack::BoxError;
/// use cm_runtime::{ContextManager, ExitStack, Outcome, Ref, with};
///
/// struct Workspace {
///     dir: PathBuf,
///     held: ExitStack<'static>,
/// }
///
/// impl ContextManager for Workspace {
///     type Lends = Ref<Path>;
///     type Exit = Result<(), BoxError>;
///
///     fn enter(&mut self) -> Result<&Path, BoxError> {
///         with! { ExitStack::new()? as mut stack => {
///             fs::create_dir(&self.dir)?;
///             let dir = self.dir.clone();
///             stack.callback(move || fs::remove_dir_all(dir));
///             fs::write(self.dir.join("owner"), "me")?; // an error removes the directory
///             self.held = stack.pop_all();
///         } }
///         Ok(&self.dir)
///     }
///     fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), BoxError> {
///         (&mut self.held).exit(outcome)
///     }
/// }
/// # fn main() -> Result<(), BoxError> {
/// # let dir = std::env::temp_dir().join(format!("cm-workspace-{}", std::process::id()));
/// # let workspace = Workspace { dir: dir.clone(), held: ExitStack::new() };
/// with! { workspace? as dir => { assert!(dir.join("owner").exists()); } }
/// # assert!(!dir.exists());
/// # Ok(())
/// # }
/// ```
///
/// # With other error types
/// In a function that returns `Result<_, Box<dyn Error + Send + Sync>>`, put a `?` into the header. For
/// a function that returns `io::Result`, in which all entries fail with an `io::Error`, write
/// `ExitStack::<io::Result<()>>::with_verdict()?`. For `anyhow::Result` there is the feature `anyhow`:
///
#[cfg_attr(feature = "anyhow", doc = "```")]
#[cfg_attr(not(feature = "anyhow"), doc = "```ignore")]
/// use cm_runtime::{ExitStack, with};
///
/// fn run(text: &'static str) -> anyhow::Result<()> {
///     with! { ExitStack::<anyhow::Result<()>>::with_verdict()? as stack => {
///         stack.callback(move || text.parse::<u8>().map(drop));
///     } }
///     Ok(())
/// }
/// assert_eq!(run("x").unwrap_err().to_string(), "invalid digit found in string");
/// ```
///
/// A `?` does not convert a [`BoxError`] into a `Box<dyn Error>`. In a function that returns that, leave the `?` off,
/// and convert after the block.
///
/// ```
/// use std::error::Error;
/// use cm_runtime::{ExitStack, with};
///
/// fn run(text: &'static str) -> Result<u8, Box<dyn Error>> {
///     let number = with! { ExitStack::new() as stack => {
///         stack.callback(move || text.parse::<u8>().map(drop));
///         "7".parse::<u8>()? // converts as elsewhere
///     } }
///     .map_err(|error| error as Box<dyn Error>)?;
///     Ok(number)
/// }
/// assert_eq!(run("1").unwrap(), 7);
/// assert_eq!(run("x").unwrap_err().to_string(), "invalid digit found in string");
/// ```
///
/// With an error type of your own there are two ways. Implement `From<BoxError>` for it; or make it the error of
/// the stack: then it implements [`StackError`], where there is an example, and `From` for the errors of the entries.
#[doc(alias = "DisposableStack")]
pub struct ExitStack<'s, X: StackVerdict = Result<(), BoxError>> {
    entries: Entries<dyn Entry<'s, X> + 's>,
    unseen: HidesLeaves,
    replaces: bool,
    /// Where it was made.
    place: &'static Location<'static>,
}

impl ExitStack<'_> {
    /// An empty stack, which can fail with any error; it allocates nothing yet.
    ///
    /// ```
    /// let stack = cm_runtime::ExitStack::new();
    /// assert!(stack.is_empty());
    /// ```
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::with_verdict()
    }
}

impl<'s, X: StackVerdict> ExitStack<'s, X> {
    /// An empty stack with the verdict `X`.
    ///
    /// ```
    /// use cm_runtime::{ExitStack, Suppress};
    /// let stack = ExitStack::<Suppress>::with_verdict();
    /// stack.push(|_, outcome| Suppress::when(!outcome.is_success()));
    /// assert_eq!(stack.close(), Some(()));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn with_verdict() -> Self {
        Self {
            entries: Entries::new(),
            unseen: HidesLeaves::new(),
            replaces: false,
            place: Location::caller(),
        }
    }

    /// Enters a manager, and returns what it lends: Python's `enter_context`.
    ///
    /// This returns a `T` if the manager's enter cannot fail, and else a `Result<T, E>`.
    ///
    /// # Errors
    /// The error of the manager's enter; the manager is then not on the stack. So a `match` on the result handles
    /// errors of enter, and no others.
    ///
    /// ```
    /// # use std::sync::Mutex;
    /// # use cm_runtime::ExitStack;
    /// let (a, b) = (Mutex::new(1), Mutex::new(2));
    /// let stack = ExitStack::new();
    /// let (one, two) = (stack.enter(&a), stack.enter(&b));
    /// assert_eq!(*one + *two, 3);
    /// ```
    #[doc(alias = "enter_context")]
    #[track_caller]
    pub fn enter<'a, M>(&'a self, manager: M) -> <M::Exit as Verdict>::Entered<Lent<'a, M::Lends>>
    where
        M: Manager<Exit: Expressible<X>> + 's,
    {
        let entered = self.entered(manager, Location::caller());
        M::Exit::entered(entered.map(|(value, _)| value))
    }

    /// The same, with a key that releases or dismisses the entry: see [`LentKey`] for an example.
    ///
    /// # Errors
    /// The error of the manager's enter; the manager is then not on the stack.
    #[track_caller]
    pub fn enter_keyed<'a, M>(
        &'a self,
        manager: M,
    ) -> <M::Exit as Verdict>::Entered<(Lent<'a, M::Lends>, LentKey)>
    where
        M: Manager<Exit: Expressible<X>> + 's,
    {
        let entered = self.entered(manager, Location::caller());
        M::Exit::entered(entered.map(|(value, id)| (value, LentKey { id })))
    }

    /// Pushes a closure that is told the outcome, and gets the stack, onto which it may push more:
    /// Python's `push`. It can fail and suppress if the stack can.
    ///
    /// ```
    /// # use cm_runtime::{ExitStack, Outcome};
    /// let stack = ExitStack::new();
    /// stack.push(|_, outcome| assert!(outcome.is_success()));
    /// stack.close().unwrap();
    /// ```
    #[track_caller]
    pub fn push<F, V>(&self, exit: F) -> Key
    where
        F: FnOnce(&ExitStack<'s, X>, Outcome<'_, X::View>) -> V + 's,
        V: Expressible<X> + 's,
    {
        let id = self.entries.push(entry::boxed(Push(exit)));
        Key { id }
    }

    /// Pushes the exit of a manager that is not entered, or was entered by hand.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use cm_runtime::{ContextManager, ExitStack, Outcome, Owned};
    /// struct Count<'c>(&'c mut u32);
    /// impl ContextManager for Count<'_> {
    ///     type Lends = Owned<()>;
    ///     type Exit = ();
    ///     fn enter(&mut self) -> Result<(), Infallible> {
    ///         Ok(())
    ///     }
    ///     fn exit(&mut self, _: Outcome<'_>) {
    ///         *self.0 += 1;
    ///     }
    /// }
    /// let mut count = 0;
    /// let stack = ExitStack::new();
    /// stack.push_exit(Count(&mut count));
    /// stack.close().unwrap();
    /// assert_eq!(count, 1);
    /// ```
    #[track_caller]
    pub fn push_exit<M>(&self, manager: M) -> Key
    where
        M: ContextManager<Exit: Expressible<X>> + 's,
    {
        let id = self.entries.push(entry::boxed(ExitOf(manager)));
        Key { id }
    }

    /// Pushes a closure that is told nothing: Python's `callback`. It can fail if the stack can.
    ///
    /// Python's `callback(f, x)` is `callback(move || f(x))` here. A closure with a `?` in it has to name its error
    /// type, as in `Ok::<_, io::Error>(())`, since the stack accepts any.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// # use std::cell::RefCell;
    /// let log = RefCell::new(vec![]);
    /// let stack = ExitStack::new();
    /// stack.callback(|| log.borrow_mut().push("first pushed, last run"));
    /// stack.callback(|| log.borrow_mut().push("last pushed, first run"));
    /// stack.close().unwrap();
    /// assert_eq!(log.borrow()[1], "first pushed, last run");
    /// ```
    #[track_caller]
    pub fn callback<F, V>(&self, callback: F) -> Key
    where
        F: FnOnce() -> V + 's,
        V: Ends<X> + 's,
    {
        let id = self.entries.push(entry::boxed(Callback(callback)));
        Key { id }
    }

    /// Takes a value, to be released by a function that consumes it.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// let (sender, receiver) = std::sync::mpsc::channel();
    /// let stack = ExitStack::new();
    /// stack.adopt(sender, |sender| sender.send("closed"));
    /// stack.close().unwrap();
    /// assert_eq!(receiver.recv(), Ok("closed"));
    /// ```
    #[track_caller]
    pub fn adopt<T, F, V>(&self, value: T, release: F) -> Key
    where
        T: 's,
        F: FnOnce(T) -> V + 's,
        V: Ends<X> + 's,
    {
        self.callback(move || release(value))
    }

    /// Moves all entries to a new stack, which may outlive this one: Python's `pop_all`.
    ///
    /// The new stack exits them, also when it is dropped. To run them not at all, use
    /// [`dismiss_all`](Self::dismiss_all).
    ///
    /// ```
    /// # use cm_runtime::exit_stack::BoxError;
    /// # use cm_runtime::{ExitStack, with};
    /// fn open_all(names: &[&str]) -> Result<ExitStack<'static>, BoxError> {
    ///     with! { ExitStack::new()? as mut stack => {
    ///         for name in names {
    ///             let n: u8 = name.parse()?; // an error undoes what is done so far
    ///             stack.callback(move || println!("undo {n}"));
    ///         }
    ///         Ok(stack.pop_all()) // all went well: keep it
    ///     } }
    /// }
    /// # assert!(open_all(&["1", "2"]).is_ok());
    /// # assert!(open_all(&["1", "x"]).is_err());
    /// ```
    #[must_use = "the entries exit when the new stack is dropped"]
    #[track_caller]
    pub fn pop_all(&mut self) -> Self {
        Self {
            entries: self.entries.take_all(),
            unseen: HidesLeaves::new(),
            replaces: false,
            place: Location::caller(),
        }
    }

    /// Puts the entries of another stack on top of this one.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// let (stack, other) = (ExitStack::new(), ExitStack::new());
    /// other.callback(|| ());
    /// stack.append(other);
    /// assert_eq!(stack.len(), 1);
    /// ```
    pub fn append(&self, mut other: Self) {
        self.entries.append(other.entries.take_all());
    }

    /// How many entries there are.
    ///
    /// ```
    /// assert_eq!(cm_runtime::ExitStack::new().len(), 0);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(cm_runtime::ExitStack::new().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Exits all entries, as after a success, and uses the stack up: use after close is a compile
    /// error.
    ///
    /// # Errors
    /// The first error of an entry, with those that came after it.
    ///
    /// # Panics
    /// If an entry does, when the others have run.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// let stack = ExitStack::new();
    /// stack.callback(|| "x".parse::<u8>().map(drop));
    /// assert_eq!(stack.close().unwrap_err().to_string(), "invalid digit found in string");
    /// ```
    #[inline]
    pub fn close(mut self) -> X::Block<()> {
        block::<X>(self.unwind(Outcome::Succeeded(Leave::Close)))
    }

    fn entered<'a, M>(
        &'a self,
        manager: M,
        place: &'static Location<'static>,
    ) -> Result<(Lent<'a, M::Lends>, usize), ManagerError<M>>
    where
        M: Manager<Exit: Expressible<X>> + 's,
    {
        let placed = Placed {
            entry: manager,
            place,
        };
        let unsize = |entry: NonNull<Placed<M>>| entry as NonNull<dyn Entry<'s, X> + 's>;
        self.entries
            .enter(placed, unsize, |placed| placed.entry().drive_enter())
    }

    #[inline]
    fn origin(&self) -> Origin {
        Origin {
            name: core::any::type_name::<Self>(),
            place: self.place,
        }
    }

    #[inline]
    fn unwind(&mut self, outcome: Outcome<'_, X::View>) -> Answer<X::Error> {
        Unwind::new(self, outcome).run()
    }
}

impl<X: StackVerdict> Default for ExitStack<'_, X> {
    #[track_caller]
    fn default() -> Self {
        Self::with_verdict()
    }
}

impl<X: StackVerdict> fmt::Debug for ExitStack<'_, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExitStack")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
