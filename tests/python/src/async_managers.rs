//! The async ones: each enter and exit awaits once.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use cm_runtime::{AsyncContextManager, Outcome, Owned, Suppress, Typed};

use crate::managers::*;

/// Suspends once.
pub struct Pause(bool);

pub fn pause() -> Pause {
    Pause(false)
}

impl Future for Pause {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

macro_rules! pushed {
    ($($pushed:ident $verdict:ident $returns:ty;)*) => {$(
        pub fn $pushed(name: &'static str, told: String) -> impl Future<Output = $returns> + Send {
            async move {
                say(format!("pushed {name} {told}"));
                pause().await;
                $verdict(name)
            }
        }
    )*};
}
pushed! {
    async_pushed_plain verdict_plain ();
    async_pushed_fails verdict_fails Result<(), E>;
    async_pushed_suppresses verdict_suppresses Suppress;
    async_pushed_both verdict_both Result<Suppress, E>;
}

pub async fn async_called_plain(name: &'static str) {
    say(format!("callback {name}"));
    pause().await;
    say(format!("called back {name}"));
}

pub async fn async_called_fails(name: &'static str) -> Result<(), E> {
    async_called_plain(name).await;
    fail(name)
}

macro_rules! classes {
    ($($class:ident $verdict:ident $returns:ty, $view:ty, $error:ty;)*) => {$(
        pub struct $class(&'static str);

        impl $class {
            pub fn new(name: &'static str) -> Self {
                Self(name)
            }
        }

        impl AsyncContextManager for $class {
            type Lends = Owned<i32>;
            type Exit = $returns;

            async fn enter(&mut self) -> Result<i32, $error> {
                say(format!("enter {}", self.0));
                pause().await;
                Ok(number(self.0))
            }
            async fn exit(&mut self, outcome: $view) -> $returns {
                say(format!("exit {} {}", self.0, told(outcome)));
                pause().await;
                $verdict(self.0)
            }
            fn cancel(&mut self, _: $view) {
                say(format!("cancel {}", self.0));
            }
        }
    )*};
}
classes! {
    AsyncPlain verdict_plain (), Outcome<'_>, Infallible;
    AsyncSuppresses verdict_suppresses Suppress, Outcome<'_, Typed>, Infallible;
}

type Call = fn() -> Pin<Box<dyn Future<Output = Result<i32, E>> + Send>>;

macro_rules! failing_classes {
    ($($class:ident $verdict:ident $returns:ty, $view:ty;)*) => {$(
        pub struct $class {
            name: &'static str,
            on_enter: Option<Call>,
            on_exit: Option<Call>,
        }

        impl $class {
            pub fn new(name: &'static str) -> Self {
                Self { name, on_enter: None, on_exit: None }
            }
            pub fn on_enter(self, call: Call) -> Self {
                Self { on_enter: Some(call), ..self }
            }
            pub fn on_exit(self, call: Call) -> Self {
                Self { on_exit: Some(call), ..self }
            }
        }

        impl AsyncContextManager for $class {
            type Lends = Owned<i32>;
            type Exit = $returns;

            async fn enter(&mut self) -> Result<i32, E> {
                say(format!("enter {}", self.name));
                pause().await;
                if let Some(call) = self.on_enter {
                    say(format!("called {}", call().await?));
                }
                fail(self.name)?;
                Ok(number(self.name))
            }
            async fn exit(&mut self, outcome: $view) -> $returns {
                say(format!("exit {} {}", self.name, told(outcome)));
                pause().await;
                if let Some(call) = self.on_exit {
                    say(format!("called {}", call().await?));
                }
                $verdict(self.name)
            }
            fn cancel(&mut self, _: $view) {
                say(format!("cancel {}", self.name));
            }
        }
    )*};
}
failing_classes! {
    AsyncFails verdict_fails Result<(), E>, Outcome<'_>;
    AsyncBoth verdict_both Result<Suppress, E>, Outcome<'_, Typed>;
}
