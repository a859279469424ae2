//! The type that the block has to have reaches into the body's value: its parts are coerced as those
//! of a plain block are.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::{Debug, Display};

use cm_runtime::{with, within};
use cm_tests::async_managers::run;
use cm_tests::managers::{Log, Refused};

enum Value {
    Text(String),
    Nothing,
}

struct Held<'a> {
    list: &'a mut Vec<u32>,
}

struct Fields {
    list: Vec<u32>,
    error: Refused,
}

/// Each function twice: as it is, and with its body in a block.
macro_rules! functions {
    ($(fn $name:ident $(<$($l:lifetime),*>)? ($($args:tt)*) -> $ret:ty $body:block)*) => {
        mod plain {
            use super::*;
            $(pub(super) fn $name $(<$($l),*>)? ($($args)*) -> $ret $body)*
        }
        mod block {
            use super::*;
            $(
                pub(super) fn $name $(<$($l),*>)? ($($args)*) -> $ret {
                    with! { log().plain("m") => $body }
                }
            )*
        }
        mod nested {
            use super::*;
            $(
                pub(super) fn $name $(<$($l),*>)? ($($args)*) -> $ret {
                    with! { log().plain("a"), log().plain("b") => {
                        with! { log().plain("c") => $body }
                    } }
                }
            )*
        }
        mod caught {
            use super::*;
            $(
                pub(super) fn $name $(<$($l),*>)? ($($args)*) -> $ret {
                    with! { log().plain("m") => catch $body }
                }
            )*
        }
        mod decorated {
            use super::*;
            $(
                #[within(log().plain("m"))]
                pub(super) fn $name $(<$($l),*>)? ($($args)*) -> $ret $body
            )*
        }
    };
}

fn log() -> Log {
    Log::new()
}

fn one(n: u32) -> u32 {
    n + 1
}

fn two(n: u32) -> u32 {
    n + 2
}

functions! {
    fn arms(value: &Value) -> Option<&str> {
        match value {
            Value::Text(text) => Some(text),
            Value::Nothing => None,
        }
    }
    fn array() -> Result<&'static [u8], Refused> {
        Ok(&[])
    }
    fn reborrowed(fields: &mut Fields) -> &mut Vec<u32> {
        fields.list.push(1);
        let list = &mut fields.list;
        list
    }
    fn held<'a>(held: &'a mut Held<'_>) -> &'a mut Vec<u32> {
        held.list
    }
    fn field(fields: &Fields) -> (u32, &[u32]) {
        (7, &fields.list)
    }
    fn source(fields: &Fields) -> Option<&(dyn Error + 'static)> {
        Some(&fields.error)
    }
    fn pointer(first: bool) -> Option<fn(u32) -> u32> {
        if first {
            return Some(one);
        }
        Some(two)
    }
    fn branches<'a>(a: &'a u8, b: &'a u16, first: bool) -> &'a dyn Display {
        if first { a } else { b }
    }
    fn cow(text: &String) -> Cow<'_, str> {
        if text.is_empty() {
            Cow::Owned("none".to_owned())
        } else {
            Cow::Borrowed(text)
        }
    }
    fn boxed() -> Result<Box<dyn Debug>, Refused> {
        Ok(Box::new("boxed"))
    }
    fn list_of_boxes() -> Vec<Box<dyn Debug>> {
        vec![Box::new(1), Box::new("two")]
    }
    fn closure() -> Box<dyn Fn(&str) -> &str> {
        Box::new(|text| text.trim())
    }
    fn never(n: u32) -> Option<&'static str> {
        if n == 1 {
            panic!("it is one")
        }
        Some(&"long"[1..])
    }
}

macro_rules! same {
    ($($name:ident($($arg:expr),*) => |$value:ident| $shown:expr;)*) => {$(
        let plain = match plain::$name($($arg),*) { $value => $shown };
        assert_eq!(match block::$name($($arg),*) { $value => $shown }, plain);
        assert_eq!(match nested::$name($($arg),*) { $value => $shown }, plain);
        assert_eq!(match caught::$name($($arg),*) { $value => $shown }, plain);
        assert_eq!(match decorated::$name($($arg),*) { $value => $shown }, plain);
    )*};
}

fn fields() -> Fields {
    Fields {
        list: vec![3],
        error: Refused("refused"),
    }
}

#[test]
fn parts_of_a_value() {
    same! {
        arms(&Value::Text("text".to_owned())) => |v| v.map(str::to_owned);
        arms(&Value::Nothing) => |v| v.map(str::to_owned);
        array() => |v| v.map(<[u8]>::len);
        reborrowed(&mut fields()) => |v| v.clone();
        held(&mut Held { list: &mut vec![4] }) => |v| v.clone();
        field(&fields()) => |v| (v.0, v.1.to_vec());
        source(&fields()) => |v| v.map(ToString::to_string);
        pointer(true) => |v| v.map(|f| f(1));
        pointer(false) => |v| v.map(|f| f(1));
        branches(&1, &2, true) => |v| v.to_string();
        branches(&1, &2, false) => |v| v.to_string();
        cow(&String::from("text")) => |v| v.into_owned();
        boxed() => |v| v.map(|b| format!("{b:?}"));
        list_of_boxes() => |v| format!("{v:?}");
        closure() => |v| v(" text ").to_owned();
        never(2) => |v| v.map(str::to_owned);
    }
}

#[test]
fn of_a_let_or_an_argument() {
    fn text(text: Option<&str>) -> usize {
        text.map_or(0, str::len)
    }
    let owned = String::from("text");
    let of_let: Option<&str> = with! { log().plain("m") => { Some(&owned) } };
    assert_eq!(of_let, Some("text"));
    assert_eq!(text(with! { log().plain("m") => { Some(&owned) } }), 4);
    let result: Result<Option<&str>, Refused> =
        with! { log().fallible("m") => { if owned.is_empty() { None } else { Some(&owned) } } };
    assert_eq!(result, Ok(Some("text")));
    let suppressed: Option<Option<&str>> = with! { log().suppressing("m") => { Some(&owned) } };
    assert_eq!(suppressed, Some(Some("text")));
    let tried: Result<Option<&str>, Refused> = with! { log().plain("m") => try { Some(&owned) } };
    assert_eq!(tried, Ok(Some("text")));
}

#[test]
fn of_an_async_function() {
    async fn boxed(fails: bool) -> Result<Box<dyn Debug>, Refused> {
        with! { async log().async_plain("m") => {
            if fails {
                return Err(Refused("refused"));
            }
            Ok(Box::new("boxed"))
        } }
    }
    let shown = run(boxed(false)).map(|boxed| format!("{boxed:?}"));
    assert_eq!(shown, Ok("\"boxed\"".to_owned()));
    assert!(run(boxed(true)).is_err());
}
