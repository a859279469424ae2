//! Whatever the macros are given, they do not panic, and what they give can be parsed; and their
//! output does not grow faster than their input.

mod arbitrary;
mod corpus;
mod growth;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use syn::parse::{Parse, ParseStream, Parser as _};

use self::arbitrary::{mutate, mutations, tokens};
use self::corpus::{ATTRIBUTES, FUNCTIONS, HEADERS, WITHS};
use crate::with::is_punct;

fn parse(text: &str) -> TokenStream {
    text.parse().expect("the corpus is made of tokens")
}

/// What `cm_runtime::with!` calls the macro with. There it is `$crate`, which only a compiler can make.
fn called_with(input: TokenStream) -> TokenStream {
    let krate = Group::new(Delimiter::Bracket, parse("cm_runtime"));
    let mut tokens = TokenStream::from(TokenTree::Group(krate));
    tokens.extend(input);
    tokens
}

fn with(input: TokenStream) -> TokenStream {
    crate::with::expand(called_with(input))
}

fn is<T: Parse>(tokens: &TokenStream) -> Result<(), TestCaseError> {
    match syn::parse2::<T>(without_roots(tokens.clone())) {
        Ok(_) => Ok(()),
        // The compiler is to say what is wrong.
        Err(_) if is_guarded(tokens) => Ok(()),
        Err(error) => Err(TestCaseError::fail(format!("{error}: {tokens}"))),
    }
}

/// See [`as_typed`](crate::unread::as_typed).
fn is_guarded(tokens: &TokenStream) -> bool {
    tokens.to_string().contains("unused_must_use")
}

/// Functions and other items, and those of an impl or a trait.
struct Items;

impl Parse for Items {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        while !input.is_empty() {
            let ahead = input.fork();
            if ahead.parse::<syn::TraitItemFn>().is_ok() {
                input.parse::<syn::TraitItemFn>()?;
            } else if ahead.parse::<syn::ImplItemFn>().is_ok() {
                input.parse::<syn::ImplItemFn>()?;
            } else {
                input.parse::<syn::Item>()?;
            }
        }
        Ok(Self)
    }
}

/// Without the `::` of a path behind a label: `break 'label ::path`, which syn cannot parse.
fn without_roots(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        kept.push(match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), without_roots(group.stream())).into()
            }
            token => token,
        });
        if let [label @ .., first, second] = &kept[..] {
            let is_behind_a_label =
                matches!(label, [.., tick, TokenTree::Ident(_)] if is_punct(tick, '\''));
            if is_behind_a_label && is_punct(first, ':') && is_punct(second, ':') {
                kept.truncate(label.len());
            }
        }
    }
    kept.into_iter().collect()
}

/// The compiler gives an attribute only what it could parse itself.
fn is_item(tokens: &TokenStream) -> bool {
    Items::parse.parse2(tokens.clone()).is_ok()
}

// An editor gets what was typed, which need not parse: its expansions are only not to panic.

fn block(input: TokenStream) -> Result<(), TestCaseError> {
    crate::with::editor::expand(called_with(input.clone()));
    is::<syn::Expr>(&with(input))
}

fn context_manager(args: TokenStream, item: TokenStream) -> Result<(), TestCaseError> {
    crate::context_manager::editor::expand(args.clone(), item.clone());
    let given = is_item(&item);
    let made = crate::context_manager::expand(args, item);
    if given { is::<Items>(&made) } else { Ok(()) }
}

fn within(args: TokenStream, item: &TokenStream) -> Result<(), TestCaseError> {
    let given = is_item(item);
    let made = crate::within::expand(args, item);
    if given { is::<Items>(&made) } else { Ok(()) }
}

/// Else what follows would mutate what is wrong already.
#[test]
fn the_corpus_is_right() {
    let fails =
        |tokens: &TokenStream| is_guarded(tokens) || tokens.to_string().contains("compile_error");
    for text in WITHS {
        let made = with(parse(text));
        is::<syn::Expr>(&made).unwrap();
        assert!(!fails(&made), "{text}: {made}");
    }
    for function in FUNCTIONS {
        for args in ATTRIBUTES {
            let item = parse(function);
            assert!(is_item(&item), "{function}");
            let made = crate::context_manager::expand(parse(args), item);
            is::<Items>(&made).unwrap();
            // Nothing is lent by a yield of nothing, and some are refused whatever they lend.
            let unlike = args.is_empty() != function.contains("yield_!()");
            let is_refused = function.starts_with("async") || function.starts_with("const");
            assert!(unlike || is_refused || !fails(&made), "{args}: {made}");
        }
        for header in HEADERS {
            let made = crate::within::expand(parse(header), &parse(function));
            is::<Items>(&made).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_anything(input in tokens()) {
        block(input.clone())?;
        // Nobody calls it so, but it can be called.
        is::<syn::Expr>(&crate::with::expand(input))?;
    }

    #[test]
    fn with_any_header(header in tokens(), body in tokens()) {
        let body = TokenTree::Group(Group::new(Delimiter::Brace, body));
        block(quote::quote!(#header => #body))?;
        block(quote::quote!(#header, #body))?;
        block(quote::quote!(m() as name => #body))?;
        block(quote::quote!(m()? => catch #body))?;
        block(quote::quote!(m() => async try #body))?;
    }

    #[test]
    fn with_mutated(at in 0..WITHS.len(), mutations in mutations()) {
        block(mutate(parse(WITHS[at]), &mutations))?;
    }

    #[test]
    fn attributes_with_anything(args in tokens(), item in tokens()) {
        context_manager(args.clone(), item.clone())?;
        within(args, &item)?;
    }

    #[test]
    fn attributes_on_any_body(
        args in 0..ATTRIBUTES.len(),
        header in 0..HEADERS.len(),
        body in tokens(),
        returns in tokens(),
    ) {
        let function = quote::quote!(fn f(&self, n: u32) -> #returns { #body yield_!(n); });
        context_manager(parse(ATTRIBUTES[args]), function.clone())?;
        within(parse(HEADERS[header]), &function)?;
        let function = quote::quote!(fn f(n: u32) { yield_!(#body); });
        context_manager(parse(ATTRIBUTES[args]), function.clone())?;
        within(parse(HEADERS[header]), &function)?;
    }

    #[test]
    fn attributes_with_any_arguments(args in tokens(), at in 0..FUNCTIONS.len()) {
        context_manager(args.clone(), parse(FUNCTIONS[at]))?;
        within(args, &parse(FUNCTIONS[at]))?;
    }

    #[test]
    fn attributes_mutated(
        args in 0..ATTRIBUTES.len(),
        header in 0..HEADERS.len(),
        at in 0..FUNCTIONS.len(),
        mutations in mutations(),
    ) {
        let function = mutate(parse(FUNCTIONS[at]), &mutations);
        context_manager(parse(ATTRIBUTES[args]), function.clone())?;
        within(parse(HEADERS[header]), &function)?;
        context_manager(mutate(parse(ATTRIBUTES[args]), &mutations), parse(FUNCTIONS[at]))?;
        within(mutate(parse(HEADERS[header]), &mutations), &parse(FUNCTIONS[at]))?;
    }
}

/// The parser goes into them, and may find a `=` or a comma in there. No fragment of `macro_rules!` holds a
/// comma, but other macros can make one that does.
#[test]
fn groups_without_delimiters() {
    for text in [
        ",",
        ", a",
        ", a, b",
        ", a as x, b as y, c as z",
        "as a, b",
        "as a",
        ", ,,",
        "a = b + c",
    ] {
        let group = TokenTree::Group(Group::new(Delimiter::None, parse(text)));
        for header in [
            quote::quote!({} #group),
            quote::quote!(m() #group),
            quote::quote!(m() as x #group),
            quote::quote!(m() as x: T #group, n),
            quote::quote!(m(), #group),
            quote::quote!(#group),
        ] {
            block(quote::quote!(#header => {})).unwrap();
            block(quote::quote!(#header, {})).unwrap();
            block(quote::quote!(x = #header, {})).unwrap();
        }
    }
}
