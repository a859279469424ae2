//! Half-written input: every prefix of some inputs, cut behind each token, also inside of groups.
//!
//! What is asked of each expansion for an editor: it does not panic; it has the body as far as it
//! is written; it reports one error, unless the prefix happens to be right; and with a name typed
//! at the cursor everything in front of that comes out as it does without.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

use crate::{context_manager, with, within};

const MARKER: &str = "typed_at_the_cursor";

/// Header, what is between header and body, the body.
const BLOCKS: &[(&str, &str, &str)] = &[
    ("lock as guard", "=>", "guard.push(1); guard.len()"),
    (
        "open(path)? as file",
        "=>",
        "writeln!(file, \"{}\", 1)?; file.flush()?;",
    ),
    (
        "a as x, b(x)? as mut y",
        "=>",
        "for i in x { if i > 2 { return Ok(y); } y += i; }",
    ),
    ("pair() as (a, b): (u8, u8)", "=>", "let sum = a + b; sum"),
    (
        "a.b(|x| x as u8)? as Some(c) | None",
        "=>",
        "match c { Some(c) if c > 1 => c, _ => 0 }",
    ),
    (
        "&mut *self.log",
        "=>",
        "loop { break 'out Vec::<Vec<u8>>::new(); }",
    ),
    ("lock as n", "=> try", "\"2\".parse::<u8>()? + *n"),
    ("lock as n", "=> async catch", "join!(a, b); c.await"),
    ("a = &from, b = &to", ",", "*a + *b"),
    ("(a, b) = pair::<A, B>()?", ", try", "a.x.y(&b[1..=2])?"),
    ("make()", ",", "let f = |x: &u8| -> u8 { *x }; f(&1)"),
    (
        "a as x",
        "=>",
        "with! { b(x)? as y => { y.push(x)?; } } let Some(z) = x else { return };",
    ),
    (
        "async pool.acquire()? as conn, async connect(&x).await as (a, mut b)",
        "=>",
        "conn.ping(a).await?; async { b.push(1) }.await; conn",
    ),
    (
        "lock as guard, async m",
        "=> catch",
        "select! { x = f() => x, } guard.push(g().await)",
    ),
    (
        "conn = async { pool.acquire()? }, _lock = &lock, async { m }",
        ",",
        "conn.ping().await?; Ok(conn.id)",
    ),
    (
        "make!(1 => 2) as [first, _]",
        "=>",
        "struct S<'a>(&'a str); S(first).0",
    ),
];

/// Of functions, and of async ones.
const GENERATORS: &[&str] = &[
    "let mut file = File::create(path)?; let end = yield_!(&mut file); if end.is_success() { file.sync_all()?; }",
    "let a = vec![1, 2]; with! { lock as guard => { yield_!(&guard[..]); } } drop(a);",
    "let text = if path.exists() { \"a\" } else { return Err(e()); }; yield_!(text).error(); Ok(())",
];

const ASYNC_GENERATORS: &[&str] = &[
    "let mut conn = pool.acquire().await?; yield_!(&mut conn); pool.release(conn).await; Ok(())",
    "with! { async begin(path).await? as tx, lock => { f().await?; yield_!(tx); } } Ok(())",
    "with!(tx = async { begin(path)? }, { let end = yield_!(tx); g(end).await }); Ok(())",
];

#[test]
fn of_a_with() {
    for (header, between, body) in BLOCKS {
        let full = stream(&format!("{header} {between} {{ {body} }}"));
        assert_eq!(errors(&expand(&full)), 0, "{full}");
        let (header, between, body) = (stream(header), stream(between), stream(body));
        let input = |header: &TokenStream, body: &TokenStream| {
            let body = Group::new(Delimiter::Brace, body.clone());
            quote!(#header #between #body)
        };
        for prefix in prefixes(&full) {
            let parsed = with::parse(prefix.clone());
            let is_right = parsed.is_ok_and(|with| with.body.unread.is_none());
            let errors = errors(&expand(&prefix));
            assert_eq!(errors, usize::from(!is_right), "{prefix}");
            // Of a nested block that is wrong, too.
            let told = with::expand(quote!([::cm_runtime] #prefix));
            let told = self::errors(&told) + guards(&told);
            assert!(told == errors || told == 1, "{prefix}");
        }
        for prefix in prefixes(&body) {
            let expansion = expand(&input(&header, &prefix));
            assert!(contains(&expansion, &prefix), "{prefix}: {expansion}");
        }
        for (before, typed) in cursors(&body) {
            assert_same_layout(
                &expand(&input(&header, &before)),
                &expand(&input(&header, &typed)),
            );
        }
        for (before, typed) in cursors(&header) {
            // Elsewhere a name can make another header of it, or is left out.
            if is_member(&typed) {
                assert_same_layout(
                    &expand(&input(&before, &body)),
                    &expand(&input(&typed, &body)),
                );
            }
        }
    }
}

#[test]
fn a_body_without_braces() {
    let expansion = expand(&stream("lock as guard => guard."));
    assert!(contains(&expansion, &stream("let guard =")));
    assert!(contains(&expansion, &stream("guard.")));
    assert_eq!(errors(&expansion), 1);
}

#[test]
fn items_in_front_of_a_broken_one() {
    let expansion = expand(&stream("lock as guard, open(.) as mut file: => { file. }"));
    for part in ["let guard =", "let mut file =", "file."] {
        assert!(contains(&expansion, &stream(part)), "{part}: {expansion}");
    }
    assert_eq!(errors(&expansion), 1);
}

#[test]
fn of_a_generator() {
    of_generators(GENERATORS, &TokenStream::new());
}

#[test]
fn of_an_async_generator() {
    of_generators(GENERATORS, &quote!(async));
    of_generators(ASYNC_GENERATORS, &quote!(async));
}

fn of_generators(bodies: &[&str], qualifier: &TokenStream) {
    let args = stream("yields = &'static str");
    let expand = |body: &TokenStream| {
        let body = Group::new(Delimiter::Brace, body.clone());
        let function = quote!(pub #qualifier fn name(path: &Path) -> io::Result<()> #body);
        context_manager::editor::expand(args.clone(), function)
    };
    for body in bodies {
        assert_eq!(errors(&expand(&stream(body))), 0, "{body}");
        for prefix in prefixes(&stream(body)) {
            let expansion = expand(&prefix);
            assert!(errors(&expansion) <= 1, "{prefix}: {expansion}");
            assert!(contains(&expansion, &prefix), "{prefix}: {expansion}");
        }
        for (before, typed) in cursors(&stream(body)) {
            assert_same_layout(&expand(&before), &expand(&typed));
        }
    }
    let function = quote!(pub #qualifier fn name(path: &Path) -> io::Result<()> { yield_!(path) });
    for prefix in prefixes(&function) {
        let expansion = context_manager::editor::expand(args.clone(), prefix.clone());
        assert!(errors(&expansion) <= 1, "{prefix}: {expansion}");
    }
}

#[test]
fn of_a_function_within() {
    of_functions_within("create()? as file");
    of_functions_within("async create()? as file, async m.n().await, lock");
}

fn of_functions_within(header: &str) {
    let function = stream("async fn save(log: &Log) -> io::Result<u8> { file.write(log)?; Ok(1) }");
    for prefix in prefixes(&function) {
        let expansion = within::editor::expand(stream(header), &prefix);
        assert!(contains(&expansion, &prefix) || errors(&expansion) == 0);
        assert!(errors(&expansion) <= 1, "{prefix}: {expansion}");
    }
    let expand = |header: TokenStream, body: TokenStream| {
        within::editor::expand(header, &quote!(async fn save() { #body }))
    };
    let body = stream("file.write(log)?; Ok(1)");
    for (before, typed) in cursors(&body) {
        assert_same_layout(
            &expand(stream(header), before),
            &expand(stream(header), typed),
        );
    }
    // What is wrong with a header is the `with!`'s to say.
    for prefix in prefixes(&stream(header)).into_iter().skip(1) {
        let expansion = expand(prefix.clone(), body.clone());
        assert!(contains(&expansion, &prefix), "{prefix}: {expansion}");
        assert_eq!(errors(&expansion), 0, "{prefix}: {expansion}");
    }
}

#[test]
fn a_body_with_a_brace_too_many() {
    let expansion = expand(&stream("lock as guard => { guard.push(1); } guard.len()"));
    assert!(contains(&expansion, &stream("guard.push(1);")));
    assert!(contains(&expansion, &stream("guard.len()")));
    assert_eq!(errors(&expansion), 1);
}

#[test]
fn the_compiler_gets_what_does_not_parse() {
    let body = stream("let x 5; yield_!(x?); return");
    let function = quote!(fn name() -> io::Result<()> { #body });
    for expansion in [
        with::expand(quote!([::cm_runtime] create()? as file => { #body })),
        with::expand(quote!([::cm_runtime] create()? as file => try { #body })),
        with::expand(quote!([::cm_runtime] a => { with! { b => { #body } } })),
        context_manager::expand(TokenStream::new(), function.clone()),
    ] {
        assert!(contains(&expansion, &body), "{expansion}");
        assert_eq!((errors(&expansion), guards(&expansion)), (0, 1));
    }
    // This leaves it to its `with!`.
    let expansion = within::expand(stream("create()? as file"), &function);
    assert!(contains(&expansion, &body), "{expansion}");
    assert_eq!((errors(&expansion), guards(&expansion)), (0, 0));
}

fn expand(input: &TokenStream) -> TokenStream {
    with::editor::expand(quote!([::cm_runtime] #input))
}

fn stream(source: &str) -> TokenStream {
    TokenStream::from_str(source).expect("tokens")
}

/// Cut behind each token, the whole at the end.
fn prefixes(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut prefixes = vec![TokenStream::new()];
    let mut before = TokenStream::new();
    for token in tokens.clone() {
        if let TokenTree::Group(group) = &token {
            for inside in self::prefixes(&group.stream()) {
                let mut prefix = before.clone();
                prefix.extend([TokenTree::from(Group::new(group.delimiter(), inside))]);
                prefixes.push(prefix);
            }
        } else {
            before.extend([token]);
            prefixes.push(before.clone());
            continue;
        }
        before.extend([token]);
    }
    prefixes
}

/// The cursor behind each token: without and with a name there, each with and without the rest.
fn cursors(tokens: &TokenStream) -> Vec<(TokenStream, TokenStream)> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let of = |parts: &[&[TokenTree]]| parts.concat().into_iter().collect::<TokenStream>();
    let mut cursors = Vec::new();
    for at in 0..=tokens.len() {
        let (before, after) = tokens.split_at(at);
        // Behind a name it is the rest of that.
        let (front, name) = match before {
            [front @ .., TokenTree::Ident(name)] => (front, format!("{name}{MARKER}")),
            _ => (before, MARKER.to_string()),
        };
        let typed = [TokenTree::from(Ident::new(&name, Span::call_site()))];
        cursors.push((of(&[before]), of(&[front, &typed])));
        cursors.push((of(&[before, after]), of(&[front, &typed, after])));
        if let [TokenTree::Group(group), after @ ..] = after {
            for (without, with) in self::cursors(&group.stream()) {
                let [without, with] =
                    [without, with].map(|s| [TokenTree::from(Group::new(group.delimiter(), s))]);
                cursors.push((of(&[before, &without, after]), of(&[before, &with, after])));
            }
        }
    }
    cursors
}

/// The tokens with the delimiters between them, and how they are spaced.
fn flat(tokens: &TokenStream) -> Vec<(String, Option<Spacing>)> {
    let mut flat = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push((open.to_string(), None));
                flat.extend(self::flat(&group.stream()));
                flat.push((close.to_string(), None));
            }
            TokenTree::Punct(punct) => flat.push((punct.to_string(), Some(punct.spacing()))),
            other => flat.push((other.to_string(), None)),
        }
    }
    flat
}

fn is_typed(name: &str) -> bool {
    name.ends_with(MARKER)
}

/// Whether the name is typed behind a `.`.
fn is_member(typed: &TokenStream) -> bool {
    let tokens = flat(typed);
    tokens
        .windows(2)
        .any(|pair| pair[0].0 == "." && is_typed(&pair[1].0))
}

/// Whether all of `part` is in the expansion, in one piece.
fn contains(expansion: &TokenStream, part: &TokenStream) -> bool {
    let (expansion, part) = (flat(expansion), flat(part));
    part.is_empty() || expansion.windows(part.len()).any(|window| window == part)
}

fn errors(expansion: &TokenStream) -> usize {
    let is_error = |token: &&(String, _)| token.0 == "compile_error";
    flat(expansion).iter().filter(is_error).count()
}

/// See [`as_typed`](crate::unread::as_typed).
fn guards(expansion: &TokenStream) -> usize {
    let is_guard = |token: &&(String, _)| token.0 == "forbid";
    flat(expansion).iter().filter(is_guard).count()
}

fn assert_same_layout(without: &TokenStream, with: &TokenStream) {
    let mut typed = flat(with).into_iter();
    let at = typed.position(|token| is_typed(&token.0));
    let at = at.expect("what is typed");
    assert_eq!(flat(without).get(..at), flat(with).get(..at), "{with}");
}
