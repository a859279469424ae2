use cm_runtime::{ContextManager, ExitStack, Owned};

fn f<'s>(stack: &ExitStack<'s>, list: Vec<Box<dyn ContextManager<Lends = Owned<()>, Exit = ()> + 's>>) {
    for manager in list {
        stack.enter(manager);
    }
}

fn main() {}
