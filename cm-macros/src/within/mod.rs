//! `#[within(manager)]`: a `with!` around the body of a function.

pub(crate) mod editor;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Block, Error, Expr, Path, Result, ReturnType, Signature, Stmt, Token, Type};

use crate::function::{CONST, Head, braced_at};
use crate::runtime_path::{krate, parse_crate};
use crate::{async_trait, groups, imported, with};

/// Input: the header of a `with!`, maybe with `crate = path,` in front, and a function. Output: the
/// function with its body in that block.
pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let mut function = match function.parse2(groups::ungroup(item.clone())) {
        Ok(function) => function,
        Err(error) => {
            // Behind it, for an editor: what is half-typed is looked up by its place.
            let error = error.into_compile_error();
            return quote!(#item #error);
        }
    };
    let further_in = further_in(&mut function.head.attrs);
    let headers = arguments
        .parse2(groups::ungroup(args))
        .and_then(|header| Ok([vec![header], further_in?].concat()));
    match headers {
        Ok(headers) => {
            let within = |sig: &Signature, body| within(headers, sig, body);
            write(function, within)
        }
        // Without the body, to which the names in the header are not known.
        Err(error) => write(function, |_, _| refused(error)),
    }
}

/// What one `#[within]` says: maybe the path of the runtime, and the header.
type Header = (Option<Path>, TokenStream);

struct Function {
    head: Head,
    body: TokenTree,
}

fn function(input: ParseStream) -> Result<Function> {
    let mut head = Head::parse(
        input,
        "`#[within(manager)]` goes on a function, whose body it enters the manager for",
    )?;
    if let Some(token) = &head.sig.constness {
        return Err(Error::new_spanned(token, CONST));
    }
    if input.peek(Token![;]) {
        let message = "this function has no body to enter a manager for";
        return Err(Error::new_spanned(&head.sig.ident, message));
    }
    let mut body = input.parse()?;
    head.take_inner_attributes(&mut body);
    Ok(Function { head, body })
}

fn arguments(input: ParseStream) -> Result<Header> {
    let mut path = None;
    while is_crate(input) {
        let span = input.span();
        if path.replace(parse_crate(input)?).is_some() {
            return Err(Error::new(span, "`crate` is given twice"));
        }
        input.parse::<Option<Token![,]>>()?;
    }
    if input.is_empty() {
        let message = "expected a manager: `#[within(manager)]`, `#[within(manager as name)]`";
        return Err(Error::new(Span::call_site(), message));
    }
    if with::names_a_binding(input) {
        let message = "the name stands after the manager: `#[within(manager as name)]`";
        return Err(input.error(message));
    }
    let header = input.fork().parse()?;
    if let Some(error) = without_an_end(&header) {
        return Err(error);
    }
    while !input.is_empty() {
        if input.peek(Token![=>]) {
            let message =
                "`#[within(manager as name)]` takes no body: the function's is in the block";
            return Err(input.error(message));
        }
        if input.parse::<TokenTree>()?.to_string() == "," && is_crate(input) {
            let message = "`crate = path` comes before the managers";
            return Err(Error::new(input.span(), message));
        }
    }
    Ok((path, header))
}

/// What `with!` says of two managers without a comma between, but that there is no `=>` in an attribute.
fn without_an_end(header: &TokenStream) -> Option<Error> {
    let error = with::parse(quote!(#header => {})).err()?;
    let message = error.to_string();
    let behind = message.strip_prefix(with::NO_END)?;
    Some(Error::new(
        error.span(),
        format!("expected `,` or `)` after the {behind}"),
    ))
}

fn is_crate(input: ParseStream) -> bool {
    input.peek(Token![crate]) && input.peek2(Token![=]) && !input.peek2(Token![==])
}

pub(crate) fn is_within(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| last.ident == "within")
}

/// Takes the other `#[within]`s of a function, which are below this one: their managers are further in, as with Python's
/// decorators.
fn further_in(attrs: &mut Vec<Attribute>) -> Result<Vec<Header>> {
    let (found, others) = std::mem::take(attrs).into_iter().partition(is_within);
    *attrs = others;
    Vec::into_iter(found)
        .map(|attr| arguments.parse2(attr.meta.require_list()?.tokens.clone()))
        .collect()
}

fn write(
    function: Function,
    body_of: impl FnOnce(&Signature, TokenStream) -> TokenStream,
) -> TokenStream {
    let Function {
        head: Head { attrs, vis, sig },
        body,
    } = function;
    let at = body.span();
    let block = braced_at(at, body_of(&sig, imported::names_used(body.into())));
    quote!(#(#attrs)* #vis #sig #block)
}

/// Input: the body of a function. Output: the same within the managers; or what is wrong with it.
fn within(mut headers: Vec<Header>, sig: &Signature, body: TokenStream) -> TokenStream {
    if async_trait::has_made(sig) {
        for (_, header) in &mut headers {
            *header = async_trait::rename_self(std::mem::take(header));
        }
        let inside = |body, is_without_value| entered(&headers, body, is_without_value);
        return async_trait::rewrite(body, inside).unwrap_or_else(|| {
            let message = "this `#[async_trait]` makes something else of the function than is known \
                           here: write a `with!` into its body";
            refused(Error::new(sig.ident.span(), message))
        });
    }
    if sig.asyncness.is_none() {
        if let Some(is_async) = first_async(&headers) {
            let message = "`async` before a manager needs an `async fn`; an attribute that makes another \
                           function of that, as `#[tokio::main]` does, goes below `#[within]`";
            return refused(Error::new(is_async.span, message));
        }
        if only_makes_a_future(&body) {
            let message = "this makes a future, and the managers are exited before that runs: write an \
                           `async fn`; an attribute that makes this of one, as `#[async_recursion]` does, \
                           goes below `#[within]`";
            return refused(Error::new(sig.ident.span(), message));
        }
    }
    let is_without_value = match &sig.output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(&**ty, Type::Tuple(unit) if unit.elems.is_empty()),
    };
    entered(&headers, body, is_without_value)
}

/// Input: a block. Output: the same within the managers.
fn entered(headers: &[Header], mut block: TokenStream, is_without_value: bool) -> TokenStream {
    if is_without_value {
        // A statement, so that a value in it is reported as that of a function is: with the semicolon that is missing.
        block = quote_spanned!(Span::mixed_site()=> { #block #[allow(unreachable_code)] {}; });
    }
    for (path, header) in headers.iter().rev() {
        let krate = krate(path.as_ref());
        block = quote_spanned!(Span::mixed_site()=> { #krate::with! { #header => #block } });
        if is_without_value {
            block = without_value(&krate, header, &block);
        }
    }
    block
}

/// A body that reports the error, and compiles with every return type.
fn refused(error: Error) -> TokenStream {
    let error = error.into_compile_error();
    quote!({ #error })
}

/// Whether all that the block does is to make a future: it is an `async` block, or one in a pinned box.
fn only_makes_a_future(block: &TokenStream) -> bool {
    let Ok(block) = syn::parse2::<Block>(block.clone()) else {
        return false;
    };
    match &block.stmts[..] {
        [Stmt::Expr(Expr::Async(_), None)] => true,
        [Stmt::Expr(Expr::Call(call), None)] => {
            let is_pin = |path: &Path| path.segments.last().is_some_and(|last| last.ident == "pin");
            matches!(&*call.func, Expr::Path(called) if is_pin(&called.path))
                && matches!(call.args.first(), Some(Expr::Async(_)))
        }
        _ => false,
    }
}

/// The first `async` before a manager. A header that does not parse is reported by `with!`.
fn first_async(headers: &[Header]) -> Option<Token![async]> {
    headers.iter().find_map(|(_, header)| {
        let with = with::parse(quote!(#header => {})).ok()?;
        with.items.into_iter().find_map(|item| item.is_async)
    })
}

/// Input: the block of a function that returns nothing. Output: the same, with its value dropped: that is `()`, or an
/// `Option` of it if a manager can suppress. For any other value there is an error at the header.
fn without_value(krate: &TokenStream, header: &TokenStream, block: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let at = header.clone().into_iter().next();
    let at = at.map_or(site, |first| site.located_at(first.span()));
    let value = quote_spanned!(at=> value);
    quote_spanned!(site=> { match #block {
        #[allow(unreachable_code)]
        #value => #krate::__private::WithoutValue::end(#value),
    } })
}
