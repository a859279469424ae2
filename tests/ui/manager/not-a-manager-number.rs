use cm_runtime::with;

fn main() {
    let n = with! { 7 as x => { x + 1 } };
    println!("{n}");
}
