//# question_without_from
pub fn f() -> Result<u32, String> {
    /*with*/ {
        let n: u32 = "1".parse()?;
        Ok(n)
    } /*end*/
}

//# question_in_a_unit_function
pub fn f() {
    /*with*/ {
        fails()?;
    } /*end*/
}

//# question_on_a_number
pub fn f() -> Result<u32, String> {
    /*with x*/ {
        x?;
        Ok(x)
    } /*end*/
}

//# question_on_an_option
pub fn f(o: Option<u32>) -> Result<u32, String> {
    /*with*/ {
        let n = o?;
        Ok(n)
    } /*end*/
}

//# break_outside_of_a_loop
pub fn f() {
    /*with*/ {
        break;
    } /*end*/
}

//# continue_outside_of_a_loop
pub fn f() {
    /*with*/ {
        continue;
    } /*end*/
}

//# break_of_a_value_in_a_for
pub fn f() {
    for n in 0..2 {
        /*with*/ {
            break n;
        } /*end*/
    }
}

//# break_of_two_types
pub fn f(b: bool) -> u32 {
    loop {
        /*with x*/ {
            if b {
                break x;
            }
            break "two";
        } /*end*/
    }
}

//# return_of_nothing
pub fn f(b: bool) -> u32 {
    /*with x*/ {
        if b {
            return;
        }
        x
    } /*end*/
}

//# questions_behind_all_kinds_of_operands
pub struct Holder {
    of: Result<u32, ()>,
    two: (Result<u32, ()>, Option<Result<u32, ()>>),
}
impl Holder {
    fn get(&self) -> Result<u32, ()> {
        self.of
    }
}
async fn later() -> Result<u32, ()> {
    Err(())
}
pub async fn f(holder: &Holder, all: &[Result<u32, ()>; 1], r: Result<u32, ()>) -> Result<(), String> {
    /*with*/ {
        let _ = r?;
        let _ = (r)?;
        let _ = { r }?;
        let _ = 'labelled: { r }?;
        // SAFETY: nothing in it is unsafe.
        let _ = unsafe { r }?;
        let _ = holder.of?;
        let _ = holder.two.0?;
        let _ = holder.two.1.unwrap()?;
        let _ = holder.get()?;
        let _ = Holder::get(holder)?;
        let _ = <Holder>::get(holder)?;
        let _ = ::std::convert::identity(r)?;
        let _ = all[0]?;
        let _ = [r; 1][0]?;
        let _ = (r, 1).0?;
        let _ = Some(r).unwrap()?.min(1);
        let _ = Ok::<_, String>(r)??;
        let _ = later().await?;
        let _ = async { r }.await?;
        let _ = (|| r)()?;
        let _ = if r.is_ok() { r } else { r }?;
        let _ = match r { Ok(_) => r, Err(()) => r }?;
        let _ = loop { break r }?;
        let _ = 'labelled: loop { break 'labelled r }?;
        let _ = Holder { of: r, two: (r, None) }.of?;
        let _ = (*holder).of?;
        Ok(())
    } /*end*/
}

//# question_behind_a_chain
pub fn f() -> Result<u32, String> {
    /*with*/ {
        Ok("1".parse::<u32>().map_err(drop)?)
    } /*end*/
}

//# question_behind_a_macro
macro_rules! made {
    () => { Err::<u32, ()>(()) };
}
pub fn f() -> Result<u32, String> {
    /*with*/ {
        Ok(made!()?)
    } /*end*/
}

//# questions_behind_calls_of_nothing
pub fn f() -> Result<u32, String> {
    /*with*/ {
        let n = missing(1)?;
        let m = missing.method(2)?;
        Ok(n + m)
    } /*end*/
}
