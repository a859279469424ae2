//! An exit that can fail. By hand: closed on every path, with the error of the body first, and on a
//! panic as well.

use std::hint::black_box;

use cm_runtime::{ContextManager, Mut, Outcome, with};

use super::{fallible_work, work};

pub(super) struct File(pub(super) u64);

impl File {
    #[inline(never)]
    pub(super) fn close(&mut self) -> Result<(), u64> {
        self.0 = black_box(self.0) | 1;
        if self.0 == 0 { Err(self.0) } else { Ok(()) }
    }
}

struct Open {
    file: File,
    is_open: bool,
}

impl Open {
    fn close(mut self) -> Result<(), u64> {
        self.is_open = false;
        self.file.close()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.is_open {
            let _ = self.file.close();
        }
    }
}

#[inline(never)]
pub(super) fn hand(round: u64) -> Result<u64, u64> {
    let mut open = Open {
        file: File(round),
        is_open: true,
    };
    open.file.0 += work(round);
    let done = match fallible_work(round) {
        Ok(done) => done,
        Err(error) => {
            if let Err(lost) = open.close() {
                report(lost);
            }
            return Err(error.into());
        }
    };
    open.close()?;
    Ok(done)
}

#[cold]
#[inline(never)]
fn report(lost: u64) {
    eprintln!("lost: {lost}");
}

struct Manager(File);

impl ContextManager for Manager {
    type Lends = Mut<File>;
    type Exit = Result<(), u64>;

    fn enter(&mut self) -> Result<&mut File, u64> {
        Ok(&mut self.0)
    }

    fn exit(&mut self, _: Outcome<'_>) -> Result<(), u64> {
        self.0.close()
    }
}

#[inline(never)]
pub(super) fn with(round: u64) -> Result<u64, u64> {
    Ok(with! { Manager(File(round))? as file => {
        file.0 += work(round);
        fallible_work(round)?
    } })
}
