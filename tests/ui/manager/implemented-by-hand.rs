use std::convert::Infallible;
use std::pin::Pin;

use cm_runtime::{LostError, Manager, Outcome, Owned};

struct Timer;

impl Manager for Timer {
    type Lends = Owned<()>;
    type Exit = ();
    fn drive_enter(self: Pin<&mut Self>) -> Result<(), Infallible> {
        Ok(())
    }
    fn drive_exit(self: Pin<&mut Self>, _: Outcome<'_>) {}
    fn drive_lost(self: Pin<&mut Self>, _: &LostError<'_>) {}
}

fn main() {}
