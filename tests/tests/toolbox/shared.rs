//! State that the whole process shares.

// Some of these managers hold a lock while they are entered; and clippy looks for locks that are held for too long.
#![warn(clippy::significant_drop_tightening)]
#![allow(
    unsafe_code,
    reason = "the environment can only be changed by an unsafe promise"
)]

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, io, thread};

use cm_runtime::contextlib::{ChangedElsewhere, atomic_file, chdir, remove_env, set_env};
use cm_runtime::{ExitStack, with};

fn here() -> PathBuf {
    env::current_dir().unwrap()
}

fn dirs() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    // On Windows it would be another spelling than that of the working directory.
    let root = dir.path().to_owned();
    #[cfg(unix)]
    let root = root.canonicalize().unwrap();
    let (a, b) = (root.join("a"), root.join("b"));
    fs::create_dir(&a).unwrap();
    fs::create_dir(&b).unwrap();
    (dir, a, b)
}

/// All that looks at the working directory is in one test: it is one for all tests.
#[test]
fn working_directory() {
    let (_root, a, b) = dirs();
    let before = here();
    // Changed inside, restored after a success and a failure.
    let run = |fail: bool| -> io::Result<()> {
        with! { chdir(&a)? as dir => {
            assert_eq!((here(), dir), (a.clone(), &*a));
            if fail {
                Err(io::Error::other("no"))?;
            }
        } }
        Ok(())
    };
    assert!(run(false).is_ok());
    assert_eq!(here(), before);
    assert!(run(true).is_err());
    assert_eq!(here(), before);

    // A-B-A restores step by step, by one manager too.
    let nested = || -> io::Result<()> {
        with! { chdir(&a)?, chdir(&b)? => {
            assert_eq!(here(), b);
            with! { chdir(&a)? => { assert_eq!(here(), a); } }
            assert_eq!(here(), b);
        } }
        Ok(())
    };
    nested().unwrap();
    assert_eq!(here(), before);

    // A file that is begun there and ended here is where it was to be.
    let begun = || -> io::Result<_> {
        with! { chdir(&a)? => {
            let stack = ExitStack::<io::Result<()>>::with_verdict();
            stack.enter(atomic_file("file"))?.write_all(b"text")?;
            Ok(stack)
        } }
    };
    begun().unwrap().close().unwrap();
    assert_eq!(fs::read(a.join("file")).unwrap(), b"text");
    assert_eq!(fs::read_dir(&a).unwrap().count(), 1);

    let missing = with! { chdir("no/such/directory") => { unreachable!() } };
    assert_eq!(missing.unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(here(), before);

    // Somebody else changes it: reported, and restored.
    let changed = with! { chdir(&a) => { env::set_current_dir(&b).unwrap(); } };
    let error = changed.unwrap_err();
    assert!(error.get_ref().unwrap().is::<ChangedElsewhere>());
    assert_eq!(here(), before);

    // The block may remove or rename the directory that it is in: nobody else has changed anything.
    #[cfg(unix)]
    {
        let own = before.join("cm-own");
        fs::create_dir_all(&own).unwrap();
        with! { chdir(&own) => { fs::rename(&own, before.join("cm-renamed")).unwrap(); } }.unwrap();
        let renamed = before.join("cm-renamed");
        with! { chdir(&renamed) => { fs::remove_dir(&renamed).unwrap(); } }.unwrap();
        assert_eq!(here(), before);
    }

    // The old one is gone meanwhile: exit says so.
    let gone = before.join("cm-gone");
    fs::create_dir_all(&gone).unwrap();
    let removed = with! { chdir(&gone) => {
        with! { chdir(&a) => { fs::remove_dir(&gone).unwrap(); } }
    } };
    assert!(removed.unwrap().is_err());
    assert_eq!(here(), before);

    // Two threads take turns.
    let inside = AtomicUsize::new(0);
    let take_turns = |dir: &Path| {
        for _ in 0..50 {
            let turn: io::Result<()> = (|| {
                with! { chdir(dir)? => {
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    // An inner one does not end the turn.
                    with! { chdir(dir)? => {} }
                    // Long enough that the other one gets to wait.
                    thread::sleep(Duration::from_micros(100));
                    assert_eq!(here(), dir);
                    inside.fetch_sub(1, Ordering::SeqCst);
                } }
                Ok(())
            })();
            turn.unwrap();
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| take_turns(&a));
        take_turns(&b);
    });
    assert_eq!(here(), before);

    two_states_in_either_order();
    assert_eq!(here(), before);
}

#[test]
fn environment() {
    let get = |name| env::var(name).ok();
    // SAFETY: no other test of this program touches the environment, and no C code runs in it.
    let set = |value| unsafe { set_env("CM_TEST_A", value) };
    assert_eq!(get("CM_TEST_A"), None);
    let block = with! { set("1") => {
        assert_eq!(get("CM_TEST_A").as_deref(), Some("1"));
        let inner = with! { set("2") => { get("CM_TEST_A") } };
        assert_eq!(inner.unwrap().as_deref(), Some("2"));
        // SAFETY: the same.
        let removed = with! { unsafe { remove_env("CM_TEST_A") } => { get("CM_TEST_A") } };
        assert_eq!(removed, Ok(None));
        get("CM_TEST_A")
    } };
    assert_eq!(block.unwrap().as_deref(), Some("1"));
    assert_eq!(get("CM_TEST_A"), None);
    // SAFETY: the same; there is no such variable.
    let mut refused = unsafe { set_env("", "1") };
    catch_unwind(AssertUnwindSafe(|| with! { &mut refused => {} })).unwrap_err();
    let (sender, other_thread) = mpsc::channel();
    thread::spawn(move || sender.send(with! { set("1") => {} }));
    let waited = other_thread.recv_timeout(Duration::from_secs(60));
    assert_eq!(waited, Ok(Ok(())), "an enter that failed holds no lock");
    // SAFETY: the same.
    let changed = with! { set("1") => { unsafe { env::set_var("CM_TEST_A", "else") } } };
    let error = changed.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("CM_TEST_A was changed by somebody else")
    );
    assert_eq!(get("CM_TEST_A"), None);
}

/// Of two states, in whichever order, by two threads: none waits for the other for good.
fn two_states_in_either_order() {
    fn take_both(dir: &Path, is_dir_first: bool) -> io::Result<()> {
        // SAFETY: tests of this program touch the environment by std's functions only.
        let level = unsafe { set_env("CM_TEST_B", "1") };
        let pause = || thread::sleep(Duration::from_micros(50));
        if is_dir_first {
            with! { chdir(dir)? => { pause(); with! { level? => { pause(); } } } }
        } else {
            with! { level? => { pause(); with! { chdir(dir)? => { pause(); } } } }
        }
        Ok(())
    }
    let (sender, ended) = mpsc::channel();
    for is_dir_first in [true, false] {
        let (sender, dir) = (sender.clone(), here());
        thread::spawn(move || {
            let taken: io::Result<()> = (0..100).try_for_each(|_| take_both(&dir, is_dir_first));
            sender.send(taken.is_ok())
        });
    }
    for _ in 0..2 {
        assert_eq!(ended.recv_timeout(Duration::from_secs(60)), Ok(true));
    }
}
