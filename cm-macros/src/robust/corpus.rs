//! Valid inputs, which the tests mutate.

pub(super) const WITHS: &[&str] = &[
    "m() => {}",
    "m() as name => { name }",
    "a()? as (x, mut y): (u8, u8), b(x)? as S { z, .. }, &c as [d, _] => { x + y + z + d }",
    "x as u32 as n, y as *const u8 as p => { n }",
    "name = m()?, _other = n, { return name; }",
    "async m()? as (x, y), n, async o.p().await as z: u8 => { if x? { return y; } z.await? }",
    "async { m } as x, async move { n }.await as y => { f(x, y) }",
    "name = async { m()? }, _ = async { n }, async { o }, try { name.a().await?; }",
    "async m() as x => catch { foreign!(return x); loop { break } g().await? }",
    "mut a = &from, (b, _) = to()?, try { a.b()? }",
    "m() => try { f()?; g(h()?)? }",
    "m() => catch { if a? { return ::b; } loop { break; } }",
    "m() => async catch { foreign!(a); f().await?; return g().await }",
    "m()? as x => {
        for a in b? {
            if a == 1 { continue; }
            if a == 2 { break; }
            match a { 3 => return x, 4 => { f()?; } _ => {} }
        }
        'a: while c()? { if d { break 'a; } else { continue 'a } }
        let Some(e) = f? else { return Err(g)? };
        let h = 'b: { if i { break 'b 1; } 2 };
        [j?, k?][l?] + if m? { n? } else { return o? }
    }",
    "m() as x => {
        if a { break 'outer x? }
        if b { continue 'outer }
        if c { break }
        if d { continue }
        #[cfg(e)] return;
        #[cfg(not(e))] f()?;
        match g { #[cfg(h)] 1 => return, _ => break }
    }",
    "m() => {
        println!(\"{}\", a()?);
        assert!(b()? == c?, \"{}\", return d);
        vec![e?; 3];
        matches!(f?, Some(x) if x);
        bail!(\"no\");
        foreign!(return a, b?);
        let g = foreign!(c.await?);
        tokio::select! { x = f() => x?, _ = g() => return };
        macro_rules! inner { () => { return } }
        inner!()
    }",
    "m() => {
        let a = with! { n()? as x => { x? } };
        with!(y = o(), { if y { return a?; } });
        some::with! { p() => catch { with! { q() => try { r? } } } };
        with! { not ours };
        with!(s = t()?, { s? }) + with!(u(), { v? });
        foreign!(w?) - a
    }",
    "m() => {
        let a = |x| x?;
        let b = async { c? };
        let d = async move { return e };
        let f = const { 1 };
        fn g() -> Option<u8> { return h? }
        unsafe { i()? };
        (|| return)();
        b.await? + a(d.await)?
    }",
    "async m() => { S { a }.await; S { b }?; if (S { c }.await) {} }",
    "{ let m = n()?; m } as x, match y { 1 => z?, _ => return } => { x }",
];

pub(super) const ATTRIBUTES: &[&str] = &[
    "",
    "yields = u32",
    "yields = &mut File, crate = ::a::b",
    "crate = crate::c, yields = (MutexGuard<'_, [&'a str; 2]>, fn(&u8) -> &u8,)",
];

pub(super) const HEADERS: &[&str] = &[
    "m()",
    "m() as name",
    "crate = ::a::b, m(a, self.b)? as (x, y), n",
    "async m(a)? as (x, _), n as y, async o",
    "name = m()",
];

pub(super) const FUNCTIONS: &[&str] = &[
    "fn f() { yield_!(); }",
    "pub(crate) fn f(a: u32, b: &str) -> Result<(), E> { yield_!(); Ok(()) }",
    "fn f(&mut self, (a, b): (u32, u32), mut c: [u8; 2], _: u8, d: impl Fn()) -> io::Result<()> {
        let x = open(a)?;
        if b == 1 { return Err(c); }
        let outcome = yield_!(x);
        if outcome.is_success() { d(); return Ok(()); }
        self.e()
    }",
    "#[doc = \"x\"] #[within(n() as z)] fn f<'a, T: Into<u8>, const N: usize>(self: &'a Self, x: T)
        -> Suppress where T: 'a
    {
        with! { m()? as x, n => {
            match x { 1 => { yield_!(x); } _ => return Suppress::No }
        } }
        for a in b { loop { break } }
        let f = |c| c?;
        Suppress::Yes
    }",
    "fn declared(&self, a: u32) -> Result<Suppress, E>;",
    "fn f(#[cfg(a)] b: u8, #[allow(c)] ref d: u8, e @ (f, ..): (u8, u8)) {
        let o = { if g { yield_!(h) } else { return } };
        format!(\"{d}\");
    }",
    "async fn f(a: u8) -> Result<u8, E> { let b = c(a).await?; return Ok(b); }",
    "async fn f(&self, (a, b): (u8, u8)) -> Result<(), E> {
        let x = open(a).await?;
        if b == 1 { return Err(g(b).await); }
        let outcome = with! { async m(x)? as y, n => { h().await; yield_!(y) } };
        if let Some(e) = outcome.error() { e.send().await?; }
        with!(z = async { o() }, { z.await }); Ok(())
    }",
    "async fn declared(&self, a: u32) -> Suppress;",
    "const unsafe extern \"C\" fn f(a: u8, ...) { yield_!(1); yield_!(2); loop { yield_!(3) } }",
];
