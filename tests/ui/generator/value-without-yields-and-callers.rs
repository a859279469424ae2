use cm_runtime::{context_manager, with};

#[context_manager]
fn numbers() {
    let mut list = vec![1];
    yield_!(&mut list);
    assert!(list.len() > 1);
}

fn main() {
    with! { numbers() as list => {
        list.push(2);
        for number in list.iter() {
            println!("{number}");
        }
    } }
    let last: Option<i32> = with! { numbers() as list => { list.pop() } };
    assert_eq!(last, Some(1));
}
