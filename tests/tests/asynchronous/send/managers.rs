//! Managers with closures, trait objects, lifetimes and families of their own.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use cm_runtime::{AsyncContextManager, AsyncManager, Lend, Lends, Lent, Mut, Outcome, Ref, with};
use cm_tests::async_managers::pause;
use cm_tests::managers::{Log, Refused};

use super::{Lending, run, send, spawned, words};

/// A manager with a closure, and one of its own type parameters.
struct Calling<F, T>(F, Vec<T>);

impl<F: FnMut(&mut Vec<T>), T> AsyncContextManager for Calling<F, T> {
    type Lends = Mut<Vec<T>>;
    type Exit = ();

    async fn enter(&mut self) -> Result<&mut Vec<T>, Infallible> {
        pause().await;
        (self.0)(&mut self.1);
        Ok(&mut self.1)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        pause().await;
        (self.0)(&mut self.1);
    }
}

impl<F: Unpin, T> Unpin for Calling<F, T> {}

#[test]
fn closures_and_trait_objects_in_managers() {
    type Boxed = Box<dyn FnMut(&mut Vec<u8>) + Send>;
    let counts = spawned(async {
        let mut calls = 0;
        with! { async Calling(|list: &mut Vec<u8>| { calls += 1; list.push(1); }, vec![]) as list => {
            pause().await;
            list.push(2);
        } }
        let boxed: Boxed = Box::new(|list| list.push(3));
        let length = with! { async Calling(boxed, vec![0]) as list => {
            pause().await;
            list.len()
        } };
        let double = |list: &mut Vec<u8>| list.push(4);
        with! { async Calling(&mut { double }, vec![]) as list => { list.clear(); } }
        (calls, length)
    });
    assert_eq!(counts, (2, 2));
}

/// Lends a reference and a number: a family of its own.
struct Entry<'m>(&'m HashMap<String, u32>);

impl AsyncContextManager for Entry<'_> {
    type Lends = dyn for<'a> Lend<'a, Value = (&'a str, u32)>;
    type Exit = ();

    async fn enter(&mut self) -> Result<Lent<'_, Self::Lends>, Infallible> {
        pause().await;
        let (name, number) = self.0.iter().next().expect("one entry");
        Ok((name, *number))
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        pause().await;
    }
}

#[test]
fn a_family_of_its_own() {
    let map = HashMap::from([("one".to_owned(), 1)]);
    let length = spawned(async move {
        with! { async Entry(&map) as (name, number) => {
            pause().await;
            name.len() + number as usize
        } }
    });
    assert_eq!(length, 4);
}

#[test]
fn optional_boxed_and_listened_to() {
    let counts = spawned(async {
        let (mut a, mut b, mut c) = (1, 2, 3);
        with! { async Some(Lending(&mut a))? as a, async Box::new(Lending(&mut b))? as b => {
            pause().await;
            with! { async Box::pin(words("x y"))? as words => {
                pause().await;
                *b += words.len();
                if let Some(a) = a {
                    *a += words.len();
                }
            } }
            let mut lost = 0;
            with! { async Lending(&mut c).on_lost(|_| lost += 1)? as c => { *c += 1; } }
        } }
        Ok::<_, Refused>([a, b, c])
    });
    assert_eq!(counts, Ok([3, 4, 4]));
}

#[test]
fn generic_code_at_concrete_types() {
    async fn filled<M>(manager: M) -> Result<usize, Refused>
    where
        M: AsyncManager<Lends = Mut<Vec<u8>>, Exit = Result<(), Refused>>,
    {
        with! { async manager? as list => {
            pause().await;
            list.push(1);
            Ok(list.len())
        } }
    }
    async fn owned<L: ?Sized + Lends, M: AsyncManager<Lends = L, Exit = ()>>(manager: M) {
        with! { async manager as _value => { pause().await; } }
    }
    let lengths = spawned(async {
        let mut list = vec![0];
        let first = filled(Lending(&mut list)).await?;
        let mut manager = Lending(&mut list);
        let second = filled(&mut manager).await?;
        owned(Entry(&HashMap::from([("a".to_owned(), 1)]))).await;
        Ok::<_, Refused>((first, second))
    });
    assert_eq!(lengths, Ok((2, 3)));
}

struct Shared(Arc<Mutex<u32>>);

impl AsyncContextManager for Shared {
    type Lends = Ref<Mutex<u32>>;
    type Exit = ();

    async fn enter(&mut self) -> Result<&Mutex<u32>, Infallible> {
        pause().await;
        Ok(&self.0)
    }

    async fn exit(&mut self, _: Outcome<'_>) {
        pause().await;
    }
}

#[test]
fn a_shared_value_and_branches() {
    let total = Arc::new(Mutex::new(0));
    let shared = Shared(Arc::clone(&total));
    spawned(async move {
        with! { async shared as total => {
            let add = |number: u32| async move {
                pause().await;
                *total.lock().unwrap() += number;
            };
            tokio::join!(add(1), add(2));
            let all: Vec<_> = [3, 4].map(add).into_iter().map(|add| Box::pin(send(add))).collect();
            for one in all {
                one.await;
            }
        } }
    });
    assert_eq!(*total.lock().unwrap(), 10);
}

#[test]
fn generic_code_over_managers_that_borrow() {
    async fn longer<M: AsyncManager<Lends = Mut<String>, Exit = ()>>(manager: M) -> usize {
        with! { async manager as text => {
            text.push('x');
            text.len()
        } }
    }
    let log = Log::new();
    let mut manager = log.async_plain("a");
    let borrowed = &mut manager;
    assert_eq!(run(send(longer(borrowed))), 2);
    assert_eq!(run(longer(Box::new(manager))), 3);
}
