use cm_runtime::{Manager, Mut, with};

fn f<M: Manager<Lends = Mut<u8>, Exit = Result<(), E>>, E>(manager: M) -> Result<(), E> {
    with! { manager? as value => {} }
    Ok(())
}

fn main() {}
