//! What can be lent.

use std::cell::{Cell, Ref, RefCell};
use std::io::Write;
use std::sync::{Mutex, MutexGuard};

use cm_runtime::{Manager, Mut, context_manager, with};

#[test]
fn locals_by_reference() {
    #[context_manager(yields = &mut Vec<u8>)]
    fn list(out: &mut Vec<u8>) {
        let mut list = vec![1];
        yield_!(&mut list);
        list.push(9);
        out.append(&mut list);
    }
    let mut out = vec![];
    with! { list(&mut out) as list => { list.push(2); } }
    assert_eq!(out, [1, 2, 9]);

    #[context_manager(yields = &[u8])]
    fn slice() {
        let list = vec![1, 2, 3];
        yield_!(&list[1..]);
    }
    assert_eq!(with! { slice() as slice => { slice.to_vec() } }, [2, 3]);
}

#[test]
fn trait_objects() {
    #[context_manager(yields = &mut dyn Write)]
    fn writer(out: &mut Vec<u8>) {
        let mut buffer: Vec<u8> = vec![];
        yield_!(&mut buffer);
        out.extend(buffer);
    }
    let mut out = vec![];
    with! { writer(&mut out) as writer => { write!(writer, "text").unwrap(); } }
    assert_eq!(out, b"text");

    #[context_manager(yields = Box<dyn Fn(&str) -> usize>)]
    fn boxed(add: usize) {
        yield_!(Box::new(move |text| text.len() + add));
    }
    assert_eq!(with! { boxed(1) as f => { f("four") } }, 5);

    #[context_manager(yields = fn(&str) -> &str)]
    fn pointer() {
        yield_!(str::trim);
    }
    assert_eq!(with! { pointer() as f => { f(" x ") } }, "x");
}

/// A reference to a local that is kept across the yield, used on both sides of it, and lent. Under Miri this shows that
/// nothing else claims the frame meanwhile.
#[test]
fn a_reference_that_is_kept() {
    #[context_manager(yields = &mut [u8; 2])]
    fn kept(out: &mut [u8; 2]) {
        let mut bytes = [1, 0];
        let kept = &mut bytes;
        kept[0] += 1;
        let outcome = yield_!(&mut *kept);
        kept[0] += u8::from(outcome.is_success());
        *out = bytes;
    }
    let mut out = [0; 2];
    with! { kept(&mut out) as bytes => { bytes[1] = 7; } }
    assert_eq!(out, [3, 7]);
}

/// Behind a `&mut` a lifetime is that of an argument; but a trait object's own, and those of a function, may be elided.
#[test]
fn lifetimes_behind_a_mutable_reference() {
    #[context_manager(yields = &mut Vec<&'t str>)]
    fn words<'t>(text: &'t str, kept: &mut Vec<&'t str>) {
        let mut words: Vec<&str> = text.split(' ').collect();
        yield_!(&mut words);
        kept.append(&mut words);
    }
    let (text, mut kept) = (String::from("a b"), vec![]);
    with! { words(&text, &mut kept) as words => { words.retain(|word| *word != "a"); } }
    assert_eq!(kept, ["b"]);

    #[context_manager(yields = &mut (dyn Write + Send + '_))]
    fn writer(out: &mut (dyn Write + Send)) {
        yield_!(out);
    }
    let mut out = vec![];
    with! { writer(&mut out) as writer => { write!(writer, "text").unwrap(); } }
    assert_eq!(out, b"text");

    #[context_manager(yields = &mut (Box<dyn Fn(&str) -> &str>, fn(&u8) -> &u8))]
    fn functions() {
        let trim: Box<dyn Fn(&str) -> &str> = Box::new(str::trim);
        yield_!(&mut (trim, |n| n));
    }
    let both = with! { functions() as (trim, same) => { (trim(" x ").len(), *same(&7)) } };
    assert_eq!(both, (1, 7));
}

#[test]
fn guards() {
    #[context_manager(yields = MutexGuard<'_, Vec<u8>>)]
    fn locked(count: &Cell<u32>) {
        let mutex = Mutex::new(vec![1]);
        yield_!(mutex.lock().unwrap());
        assert_eq!(*mutex.lock().unwrap(), [1, 2], "it is free again");
        count.set(count.get() + 1);
    }
    let count = Cell::new(0);
    with! { locked(&count) as mut list => { list.push(2); } }
    assert_eq!(count.get(), 1);

    #[context_manager(yields = Ref<'_, str>)]
    fn borrowed(text: &RefCell<String>) {
        yield_!(Ref::map(text.borrow(), String::as_str));
        text.borrow_mut().push('!');
    }
    let text = RefCell::new(String::from("x"));
    assert_eq!(with! { borrowed(&text) as shown => { shown.len() } }, 1);
    assert_eq!(*text.borrow(), "x!");
}

#[test]
fn tuples_and_structs_of_references() {
    struct Pair<'p> {
        left: &'p mut String,
        right: &'p str,
    }
    #[context_manager(yields = Pair<'_>)]
    fn pair() {
        let (mut left, right) = (String::from("l"), String::from("r"));
        yield_!(Pair {
            left: &mut left,
            right: &right,
        });
        assert_eq!(left, "lr");
    }
    with! { pair() as Pair { left, right } => { left.push_str(right); } }

    #[context_manager(yields = (&mut u8, &[u8], Option<&mut u8>, (), String))]
    fn tuple() {
        let (mut a, b, mut c) = (1, [2], 3);
        yield_!((&mut a, &b, Some(&mut c), (), String::from("owned")));
        assert_eq!((a, c), (3, 5));
    }
    let owned = with! { tuple() as (a, b, c, (), owned) => {
        *a += b[0];
        *c.unwrap() += b[0];
        owned
    } };
    assert_eq!(owned, "owned");
}

#[test]
fn owned_values_and_nothing() {
    #[context_manager(yields = Vec<String>)]
    fn owned(list: Vec<String>) {
        yield_!(list);
    }
    let list = with! { owned(vec!["a".into()]) as list => { list } };
    assert_eq!(list, ["a"]);

    #[context_manager(yields = ())]
    fn unit() {
        yield_!(());
    }
    #[context_manager]
    fn nothing() {
        yield_!();
    }
    with! { unit() as () => {} }
    with! { nothing() as () => {} }
}

/// A generator inside of a generator lends what it was lent.
#[test]
fn lent_further() {
    #[context_manager(yields = &mut String)]
    fn inner(text: &mut String) {
        text.push('(');
        yield_!(text);
        text.push(')');
    }
    #[context_manager(yields = &mut String)]
    fn outer(out: &mut String) {
        let mut text = String::new();
        with! { inner(&mut text) as text => { yield_!(text); } }
        out.push_str(&text);
    }
    let mut out = String::new();
    with! { outer(&mut out) as text => { text.push('x'); } }
    assert_eq!(out, "(x)");
}

/// The contract: generic code over any manager that lends a `&mut T`, managers that borrow
/// included.
#[test]
fn generic_over_the_family() {
    fn push<M: Manager<Lends = Mut<Vec<u8>>, Exit = ()>>(manager: M, byte: u8) {
        with! { manager as list => { list.push(byte); } }
    }
    #[context_manager(yields = &mut Vec<u8>)]
    fn borrowing(list: &mut Vec<u8>) {
        yield_!(list);
        list.push(0);
    }
    let mut list = vec![];
    push(borrowing(&mut list), 1);
    push(Box::pin(borrowing(&mut list)), 2);
    assert_eq!(list, [1, 0, 2, 0]);
}
