//! Captured code: in an `async` block of its own, so that a `return` or a `?` in it completes that block and not
//! the function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::block::braced;
use super::private::Private;
use super::site::site;

/// What polls captured code in the runtime.
pub(super) struct Polls {
    /// The function that polls once code that does not await.
    run: &'static str,
    /// The function that polls code that awaits, in a future that is awaited.
    drive: &'static str,
}

pub(super) const POLLS: Polls = Polls {
    run: "run",
    drive: "drive",
};

/// Those that catch a panic.
pub(super) const CATCHING_POLLS: Polls = Polls {
    run: "catch_run",
    drive: "catch_drive",
};

/// Input: statements, of which the last puts a value into `slot`. Output: statements that run them. After these the
/// value is in `slot`, or what the code has left with is in `left`.
///
/// If the code awaits, `awaits` is where: there the compiler says that the function is not async. It points to `span`
/// where the code moves what is used again, and where some of this needs `std`.
pub(super) fn captured(
    private: &Private,
    polls: &Polls,
    awaits: Option<Span>,
    span: Span,
    code: &TokenStream,
) -> TokenStream {
    let Polls { run, drive } = *polls;
    let at = site().located_at(span);
    let (slot, run) = if let Some(mark) = awaits {
        let keyword = Ident::new("await", site().located_at(mark));
        let drive = Ident::new(drive, at);
        let drive = quote_spanned!(at=> #private::#drive(&slot, code));
        (
            "SharedSlot",
            quote_spanned!(site()=> #private::Watch::over(&watch, #private::pin!(#drive)).#keyword),
        )
    } else {
        let run = Ident::new(run, at);
        ("Slot", quote_spanned!(at=> #private::#run(code)))
    };
    let slot = Ident::new(slot, site());
    // Of the first variable that code uses the compiler shows the place also when it means another one.
    let first = quote_spanned!(at=> let _ = &slot;);
    // The block is at a token of the user's: of what one of a macro captures the compiler says no names.
    let code = braced(
        span,
        quote_spanned!(site()=> #first #code #private::ended().await),
    );
    let code = quote_spanned!(span=> async #code);
    quote_spanned!(site()=>
        let slot = #private::#slot::new();
        let left = {
            let code = #private::pin!(#code);
            #run
        };
    )
}
