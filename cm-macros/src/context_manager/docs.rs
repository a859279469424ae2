//! What rustdoc says of a manager: what is lent, and what can fail.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Attribute, GenericArgument, Meta, PathArguments, ReturnType, Type, Visibility};

use super::args::Args;

/// The attribute that adds the generated text behind the user's documentation.
///
/// If there is no documentation, only rustdoc gets the text, so that the compiler still warns (`missing_docs`). Then a
/// function that is not `pub` gets none at all, since a method of an impl shows the documentation of its trait.
pub(super) fn attribute(docs: &str, attrs: &[Attribute], vis: &Visibility) -> Option<TokenStream> {
    let is_text =
        |attr: &Attribute| attr.path().is_ident("doc") && matches!(attr.meta, Meta::NameValue(_));
    if attrs.iter().any(is_text) {
        Some(quote!(#[doc = #docs]))
    } else if matches!(vis, Visibility::Inherited) {
        None
    } else {
        Some(quote!(#[cfg_attr(doc, doc = #docs)]))
    }
}

pub(crate) fn docs(args: &Args, is_async: bool, output: &ReturnType) -> String {
    let lends = match &args.yields {
        Some(ty) => format!("lends the body {}", with_article(ty)),
        None => String::from("lends nothing"),
    };
    let verdict = match output {
        ReturnType::Default => "Neither enter nor exit can fail.".into(),
        ReturnType::Type(_, ty) => verdict(ty),
    };
    let entered = if is_async {
        "An async manager, to be entered with `with! { async .. }`"
    } else {
        "A manager, to be entered with `with!`"
    };
    format!("\n\n# As a context manager\n{entered}: it {lends}. {verdict}")
}

fn verdict(ty: &Type) -> String {
    let last = match ty {
        Type::Tuple(unit) if unit.elems.is_empty() => {
            return "Neither enter nor exit can fail.".into();
        }
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let Some(last) = last else {
        return said_by(ty);
    };
    let mut types = match &last.arguments {
        PathArguments::AngleBracketed(args) => args.args.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    }
    .into_iter()
    .filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let suppresses = |ty: &Type| text(ty).ends_with("Suppress");
    if last.ident == "Suppress" {
        return "Exit can suppress a failure of the body: the block is an `Option`.".into();
    }
    if !last.ident.to_string().ends_with("Result") {
        return said_by(ty);
    }
    let suppresses = types.next().is_some_and(suppresses);
    let error = match types.next() {
        Some(error) => format!("with {}", with_article(error)),
        None => format!("with the error of `{}`", text(ty)),
    };
    if suppresses {
        format!(
            "Enter and exit can fail, {error}, and exit can suppress a failure of the body: without \
             a `?` in the header the block is a `Result` of an `Option`."
        )
    } else {
        format!(
            "Enter and exit can fail, {error}: without a `?` in the header the block is a `Result`."
        )
    }
}

/// A type with its article, chosen by how the name is spoken.
fn with_article(ty: &Type) -> String {
    let text = text(ty);
    let end = text.find(|c: char| !c.is_alphanumeric());
    let name = text[..end.unwrap_or(text.len())].to_lowercase();
    let is_spelled_out = name.len() == 1;
    let first = name.chars().next().unwrap_or(' ');
    let has_vowel = match first {
        'a' | 'e' | 'i' | 'o' => true,
        // As in "under" and "update", not as in "unit", "user", "u8".
        'u' => name.starts_with("up") || (name.starts_with("un") && !name.starts_with("uni")),
        // The letters "eff", "em", "ex".
        _ => is_spelled_out && "fhlmnrsx".contains(first),
    };
    let article = if has_vowel { "an" } else { "a" };
    format!("{article} `{text}`")
}

fn said_by(verdict: &Type) -> String {
    format!(
        "What exit can do is said by its verdict, `{}`.",
        text(verdict)
    )
}

/// A type as a user would write it.
fn text(ty: &Type) -> String {
    tidy(&ty.to_token_stream().to_string())
}

/// The text of tokens, which the compiler spaces out and breaks into lines, on one line and spaced as in source.
fn tidy(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (spaced, tight) in [
        (" :: ", "::"),
        (" ! ", "!"),
        (":: ", "::"),
        (" < ", "<"),
        (",<", ", <"),
        (" >", ">"),
        ("< ", "<"),
        (" ,", ","),
        ("& ", "&"),
        ("* ", "*"),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(args: &str, output: &str) -> String {
        let args = syn::parse_str(args).expect("arguments");
        let docs = docs(
            &args,
            false,
            &syn::parse_str(output).expect("a return type"),
        );
        docs.rsplit("`with!`: ").next().expect("a text").into()
    }

    #[test]
    fn says_what_is_lent_and_what_can_fail() {
        assert_eq!(
            said("", ""),
            "it lends nothing. Neither enter nor exit can fail."
        );
        assert_eq!(said("", "-> ()"), said("", ""));
        assert_eq!(
            said("", "-> result!()"),
            "it lends nothing. What exit can do is said by its verdict, `result!()`."
        );
        assert_eq!(
            said("yields = &mut Vec<u8>", "-> io::Result<()>"),
            "it lends the body a `&mut Vec<u8>`. Enter and exit can fail, with the error of \
             `io::Result<()>`: without a `?` in the header the block is a `Result`."
        );
        assert_eq!(
            said("yields = MutexGuard<'_, [T]>", "-> Suppress"),
            "it lends the body a `MutexGuard<'_, [T]>`. Exit can suppress a failure of the body: \
             the block is an `Option`."
        );
        let function = syn::parse_quote!(-> io::Result<()>);
        let docs = docs(&Args::default(), true, &function);
        let entered =
            "An async manager, to be entered with `with! { async .. }`: it lends nothing.";
        assert!(docs.contains(entered), "{docs}");
        let both = said("", "-> Result<Suppress, Error>");
        assert!(
            both.contains("with an `Error`, and exit can suppress"),
            "{both}"
        );
    }

    #[test]
    fn says_a_type_in_one_line() {
        let compilers = "(&'a str, *\nconst u8, &\ndyn Fn(&str) -> u8, < Vec<u8> as IntoIterator >\n:: IntoIter)";
        assert_eq!(
            tidy(compilers),
            "(&'a str, *const u8, &dyn Fn(&str) -> u8, <Vec<u8> as IntoIterator>::IntoIter)"
        );
    }

    #[test]
    fn says_the_article_that_is_spoken() {
        for (ty, said) in [
            ("Error", "an `Error`"),
            ("io::Error", "an `io::Error`"),
            ("Option<u8>", "an `Option<u8>`"),
            ("E", "an `E`"),
            ("F", "an `F`"),
            ("T", "a `T`"),
            ("u8", "a `u8`"),
            ("i32", "an `i32`"),
            ("Utf8Error", "a `Utf8Error`"),
            ("UnixStream", "a `UnixStream`"),
            ("UnknownHost", "an `UnknownHost`"),
            ("UpdateFailed", "an `UpdateFailed`"),
            ("File", "a `File`"),
            ("&mut File", "a `&mut File`"),
            ("(A, B)", "a `(A, B)`"),
            ("::std::fs::File", "a `::std::fs::File`"),
        ] {
            assert_eq!(with_article(&syn::parse_str(ty).expect("a type")), said);
        }
    }
}
