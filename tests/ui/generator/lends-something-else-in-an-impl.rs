use cm_runtime::context_manager;

trait Store {
    #[context_manager(yields = &mut Vec<u8>)]
    fn session(&mut self);
}

impl Store for Vec<u8> {
    #[context_manager(yields = &Vec<u8>)]
    fn session(&mut self) {
        yield_!(self);
    }
}

fn main() {}
