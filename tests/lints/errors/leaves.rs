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
