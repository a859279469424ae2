use cm_runtime::{Manager, Owned, with};

fn f(manager: Box<dyn Manager<Lends = Owned<()>, Exit = ()>>) {
    with! { manager => {} }
}

fn main() {}
