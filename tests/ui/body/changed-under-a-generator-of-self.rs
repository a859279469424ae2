use std::io;

use cm_runtime::{context_manager, with};

struct Counter {
    name: String,
    count: u32,
}

impl Counter {
    #[context_manager(yields = &str)]
    fn announced(&self) -> io::Result<()> {
        yield_!(&self.name);
        println!("{} ends", self.name);
        Ok(())
    }

    fn work(&mut self) -> io::Result<()> {
        with! { self.announced()? as name => {
            self.count += 1;
            println!("{name} {}", self.count);
        } }
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let name = String::from("work");
    Counter { name, count: 0 }.work()
}
