use cm_runtime::{AsyncManager, Owned};

struct Manager;

impl AsyncManager for Manager {
    type Lends = Owned<u8>;
    type Exit = ();
}

fn main() {}
