use cm_runtime::context_manager;

struct Pool(Vec<u8>);

impl Pool {
    #[context_manager(yields = &mut Vec<u8>)]
    fn all(&self) {
        yield_!(&mut self.0);
    }
}

fn main() {}
