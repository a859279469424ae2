//! Const generics, methods of traits, async methods, closures and statics.

use std::future::Future;

use cm_runtime::{ContextManager, context_manager, with, within};

use super::{Counter, block_on};

struct Array<const N: usize, T = u32>([T; N]);

impl<const N: usize, T: Copy + Default> Array<N, T> {
    const LEN: usize = N;

    #[context_manager(yields = &mut [T; N])]
    fn editing<const M: usize>(&mut self, first: [T; M]) {
        let mut copy = self.0;
        copy[..M].copy_from_slice(&first);
        let outcome = yield_!(&mut copy);
        if outcome.is_success() {
            self.0 = copy;
        }
    }

    #[within(self.editing([value; 1]) as list)]
    fn edit<const M: usize>(&mut self, value: T, at: usize) -> Option<[usize; M]> {
        *list.get_mut(at)? = value;
        Some([Self::LEN; M])
    }
}

#[test]
fn const_generics() {
    let mut array = Array::<3>([0; 3]);
    assert_eq!(array.edit::<2>(1, 2), Some([3, 3]));
    assert_eq!(array.0, [1, 0, 1]);
    assert_eq!(array.edit::<2>(2, 3), None);
    fn lens<const N: usize>() -> [u32; N] {
        let mut list = [0; N];
        for at in 0..N {
            with! { Counter::new(at as u32) as n => { list[at] = *n + N as u32; } }.unwrap();
        }
        list
    }
    assert_eq!(lens::<2>(), [2, 3]);
    const { assert!(Array::<3>::LEN == 3) }
}

trait Store {
    type Key: Copy + Into<u32>;

    fn counter(&mut self) -> &mut Counter;

    fn add(&mut self, key: Self::Key) -> Result<u32, String> {
        let n = with! { self.counter()? as n => {
            if key.into() == 0 {
                return Ok(0);
            }
            *n += key.into();
            *n
        } };
        Ok(n)
    }

    #[context_manager(yields = u32)]
    fn first(&self) -> Result<(), String>
    where
        Self: Sized,
    {
        yield_!(3);
        Ok(())
    }

    #[within(self.first()? as first)]
    fn add_first(&self, n: u32) -> Result<u32, String>
    where
        Self: Sized,
    {
        Ok(first + n)
    }

    #[within(Counter::new(n) as number)]
    fn boxed(&self, n: u32) -> Result<Result<u32, u32>, String> {
        if *number == 1 {
            return Ok(Err(1));
        }
        Ok(*number)
    }
}

struct Memory(Counter);

impl Store for Memory {
    type Key = u8;

    fn counter(&mut self) -> &mut Counter {
        &mut self.0
    }
}

#[test]
fn methods_of_traits() {
    let mut store = Memory(Counter::new(1));
    assert_eq!((store.add(0), store.add(2)), (Ok(0), Ok(3)));
    assert_eq!(store.add_first(1), Ok(4));
    let dynamic: &mut dyn Store<Key = u8> = &mut store;
    assert_eq!(dynamic.add(1), Ok(4));
}

trait Fetch {
    async fn fetch(&self, text: &str) -> Result<u32, String>;

    async fn twice(&self, text: &str) -> Result<u32, String> {
        with! { Counter::new(1)? as n => {
            *n += self.fetch(text).await?;
            if *n == 2 {
                return Ok(0);
            }
            *n += self.fetch(text).await?;
            Ok(*n)
        } }
    }

    #[within(Counter::new(1)? as n)]
    async fn decorated(&self, text: &str) -> Result<u32, String> {
        *n += self.fetch(text).await?;
        Ok(*n)
    }

    fn boxed<'a>(&'a self, text: &'a str) -> std::pin::Pin<Box<dyn Future<Output = u32> + 'a>> {
        Box::pin(async move {
            with! { Counter::new(1) as n => { *n + self.fetch(text).await.unwrap_or(7) } }.unwrap()
        })
    }
}

impl Fetch for () {
    async fn fetch(&self, text: &str) -> Result<u32, String> {
        let n = with! { Counter::new(0) as n => { *n + text.parse::<u32>().ok().ok_or("no")? } };
        std::future::ready(n).await
    }
}

#[test]
fn async_methods_of_traits() {
    assert_eq!(block_on(().twice("1")), Ok(0));
    assert_eq!(block_on(().twice("2")), Ok(5));
    assert_eq!(block_on(().twice("x")), Err("no".into()));
    assert_eq!(block_on(().decorated("2")), Ok(3));
    assert_eq!((block_on(().boxed("2")), block_on(().boxed("x"))), (3, 8));
}

#[test]
fn closures_and_statics() {
    static CALLS: std::sync::Mutex<u32> = std::sync::Mutex::new(0);
    let call = |n: u32| -> Option<u32> {
        with! { &CALLS as mut calls => {
            *calls += 1;
            Some(n.checked_sub(1)? + *calls)
        } }
    };
    assert_eq!((call(1), call(0), call(1)), (Some(1), None, Some(3)));
    fn generic<M: cm_runtime::Manager<Exit = ()>>(manager: M) -> u32 {
        with! { manager => { 1 } }
    }
    #[context_manager]
    fn nothing() {
        yield_!();
    }
    let _ = nothing;
    let _ = generic(Plain);
}

struct Plain;

impl ContextManager for Plain {
    type Lends = cm_runtime::Owned<()>;
    type Exit = ();

    fn enter(&mut self) -> Result<(), std::convert::Infallible> {
        Ok(())
    }

    fn exit(&mut self, _: cm_runtime::Outcome<'_>) {}
}
