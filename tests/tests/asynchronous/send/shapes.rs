//! Blocks and functions of many shapes, which borrow from what is around them.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use cm_runtime::{AsyncManager, with, within};
use cm_tests::async_managers::pause;
use cm_tests::managers::{Log, Refused};

use super::{Lending, run, send, spawned, words};

#[test]
fn a_class_that_borrows_a_local() {
    let number = spawned(async {
        let mut number = 1;
        with! { async Lending(&mut number)? as number => {
            pause().await;
            *number += 1;
        } }
        Ok::<_, Refused>(number)
    });
    assert_eq!(number, Ok(2));
}

#[test]
fn a_generator_that_borrows_a_local() {
    let count = spawned(async {
        let text = String::from("to be or not");
        with! { async words(&text)? as words => {
            pause().await;
            words.push("to be");
            Ok::<_, Refused>(words.len())
        } }
    });
    assert_eq!(count, Ok(5));
}

#[test]
fn nested_three_deep() {
    async fn nested(log: Log, text: &str) -> Result<usize, Refused> {
        let mut number = 1_usize;
        with! { log.plain("a"), async Lending(&mut number)? as number, async words(text)? as words => {
            pause().await;
            with! { async log.async_fallible("b")? as value => {
                with! { log.fallible("c")?, async Lending(words)? as words => {
                    pause().await;
                    *number += words.len() + value.len();
                    if *number == 0 {
                        return Err(Refused("none"));
                    }
                } }
            } }
            Ok(*number)
        } }
    }
    assert_eq!(spawned(nested(Log::new(), "a b")), Ok(1 + 2 + 5));
}

#[test]
fn references_to_references() {
    async fn nested<'a>(text: &mut &'a str, other: &&'a str) -> Result<&'a str, Refused> {
        with! { async Lending(text)? as text, async Lending(&mut &*other)? as other => {
            pause().await;
            if **text == ***other {
                return Ok(*text);
            }
            *text = *other;
        } }
        Ok(*text)
    }
    let (mut one, two) = ("one", "two");
    assert_eq!(run(nested(&mut one, &two)), Ok("two"));
}

#[test]
fn the_closure_forms() {
    let length = spawned(async {
        let text = String::from("a b");
        let shared = Arc::new(Mutex::new(0));
        let held = &shared;
        let mut list = vec![text];
        let length = Lending(&mut list).with(async move |list| {
            pause().await;
            *held.lock().unwrap() += list.len();
            list.push("c".to_owned());
            list.len()
        });
        let length = length.await?;
        let mut number = 1;
        let tried = Lending(&mut number).try_with(async |number| {
            pause().await;
            *number += 1;
            Err::<(), _>(Refused("no"))
        });
        assert_eq!(tried.await?, Err(Refused("no")));
        Ok::<_, Refused>(length + number)
    });
    assert_eq!(length, Ok(4));
}

#[within(async Lending(number)? as number, async words(text)? as words)]
async fn function(number: &mut usize, text: &str) -> Result<usize, Refused> {
    pause().await;
    *number += words.len();
    Ok(*number)
}

#[test]
fn within_a_function() {
    let sum = spawned(async {
        let (mut number, text) = (1, String::from("a b c"));
        function(&mut number, &text).await
    });
    assert_eq!(sum, Ok(4));
}

/// What async traits and recursion need: a `Send` trait object that borrows.
trait Service {
    fn call<'a>(
        &'a mut self,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<usize, Refused>> + Send + 'a>>;
}

impl<T: Send + Default> Service for Vec<T> {
    fn call<'a>(
        &'a mut self,
        text: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<usize, Refused>> + Send + 'a>> {
        Box::pin(async move {
            with! { async Lending(self)? as list, async words(text)? as words => {
                pause().await;
                list.extend(words.iter().map(|_| T::default()));
            } }
            if text.is_empty() {
                Ok(self.len())
            } else {
                self.call(&text[1..]).await
            }
        })
    }
}

#[test]
fn as_a_trait_object_that_borrows() {
    let length = spawned(async {
        let mut list = vec![0_u8];
        let service: &mut (dyn Service + Send) = &mut list;
        service.call("a b").await
    });
    assert_eq!(length, Ok(1 + 2 + 2 + 1 + 1));
}

/// Iterators with closures over references, held across awaits.
#[test]
fn iterators_across_awaits() {
    let total = spawned(async {
        let lists = [vec![1, 2], vec![3]];
        let mut total = 0;
        with! { async Lending(&mut total)? as total => {
            for number in lists.iter().flat_map(|list| list.iter()).filter(|number| **number > 1) {
                pause().await;
                *total += number;
            }
            for text in ["a", "b"].iter().map(|text: &&str| text.len()) {
                with! { async words("x")? as words => {
                    pause().await;
                    words.truncate(text);
                } }
            }
        } }
        Ok::<_, Refused>(total)
    });
    assert_eq!(total, Ok(5));
}

#[test]
fn nothing_is_static() {
    async fn borrowing<'a>(list: &'a mut Vec<&'a str>, text: &'a str) -> Result<(), Refused> {
        with! { async words(text)? as words, async Lending(list)? as list => {
            pause().await;
            list.append(words);
        } }
        Ok(())
    }
    let text = String::from("a b");
    let mut list = vec![];
    run(borrowing(&mut list, &text)).unwrap();
}

#[test]
fn send_with_locals_that_are_not_sync() {
    let log = Log::new();
    let future = send(async {
        let count = Cell::new(1);
        let failed: Result<(), Refused> = with! { async log.async_fallible("a")? as _value => {
            let inner = Cell::new(2);
            pause().await;
            count.set(count.get() + inner.get());
            pause().await;
            if count.get() == 4 {
                return Err(Refused("four"));
            }
            Ok(())
        } };
        failed?;
        Ok(count.get())
    });
    assert_eq!(run(future), Ok(3));
}
