//! The second spelling is one that rustfmt formats, header and body; the documented one it leaves
//! alone.

use std::io::Write as _;
use std::process::{Command, Stdio};

const WRITTEN: &str = r#"
async fn f(db:&Db)->io::Result<usize>{
    let n=with!(file=open( "a.txt" )?,l =  lock(file)? ,{
        let x=file.len( );
      if x>3{return Ok(x)}
        x+l.len()
    });
    with!(  (lo,hi)=range(db), _guard = db.lock(), { for i in lo..hi {db.put(i)?;} });
    let sum=with!(&lock, try { let a : u8 = "1".parse( )?;  a });
    with!(&lock, async { a( ).await });
    let id=with!(conn = async { pool.acquire( )? },tx=async{begin( conn ).await? }, lock,{ tx.run( ).await?;tx.id() });
    with!(async { pool.enter() }, { work( ).await });
    with!{ async pool.acquire()? as conn,   lock(f) as l => { conn.ping( ).await?; } }
    with!{ open(p)? as f,   lock(f) as l => { f.write(  l)?; } }
    Ok(n)
}
"#;

const FORMATTED: &str = r#"
async fn f(db: &Db) -> io::Result<usize> {
    let n = with!(file = open("a.txt")?, l = lock(file)?, {
        let x = file.len();
        if x > 3 {
            return Ok(x);
        }
        x + l.len()
    });
    with!((lo, hi) = range(db), _guard = db.lock(), {
        for i in lo..hi {
            db.put(i)?;
        }
    });
    let sum = with!(
        &lock,
        try {
            let a: u8 = "1".parse()?;
            a
        }
    );
    with!(&lock, async { a().await });
    let id = with!(
        conn = async { pool.acquire()? },
        tx = async { begin(conn).await? },
        lock,
        {
            tx.run().await?;
            tx.id()
        }
    );
    with!(async { pool.enter() }, { work().await });
    with! { async pool.acquire()? as conn,   lock(f) as l => { conn.ping( ).await?; } }
    with! { open(p)? as f,   lock(f) as l => { f.write(  l)?; } }
    Ok(n)
}
"#;

fn rustfmt(source: &str, edition: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", edition, "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a component of the toolchain");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(source.as_bytes()).expect("rustfmt reads");
    drop(stdin);
    let output = child.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "rustfmt: {}", output.status);
    String::from_utf8(output.stdout).expect("rustfmt writes UTF-8")
}

#[test]
fn the_second_spelling_is_formatted_in_edition_2021() {
    assert_eq!(rustfmt(WRITTEN, "2021"), FORMATTED.trim_start());
}

#[test]
fn the_second_spelling_is_formatted_in_edition_2024() {
    assert_eq!(rustfmt(WRITTEN, "2024"), FORMATTED.trim_start());
}
