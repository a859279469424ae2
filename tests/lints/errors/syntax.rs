//# no_semicolon
pub fn f(v: &mut Vec<u32>) {
    /*with*/ {
        v.push(1)
        v.push(2);
    } /*end*/
}

//# no_semicolon_after_let
pub fn f(path: &str) -> std::io::Result<usize> {
    /*with*/ {
        let text = std::fs::read_to_string(path)?
        let first = text.lines().next();
        return Ok(first.map_or(0, str::len));
    } /*end*/
}

//# no_block_after_a_condition
pub fn f(mut n: u32) -> u32 {
    /*with*/ {
        if n < 5
            n = 5;
        n
    } /*end*/
}

//# condition_in_words
pub fn f(a: bool, b: bool) -> u32 {
    /*with*/ {
        if a and b { 1 } else { 2 }
    } /*end*/
}

//# incremented
pub fn f(mut n: u32) -> u32 {
    /*with*/ {
        n++;
        n
    } /*end*/
}

//# compared_in_a_let
pub fn f() -> u32 {
    /*with*/ {
        let n == 5;
        n
    } /*end*/
}

//# declared_with_var
pub fn f() -> u32 {
    /*with*/ {
        var n = 5;
        n
    } /*end*/
}

//# compared_strictly
pub fn f(n: u32) -> bool {
    /*with*/ {
        n === 5
    } /*end*/
}

//# arrow_for_a_dot
pub fn f(s: String) -> usize {
    /*with*/ {
        s->len()
    } /*end*/
}

//# no_comma_between_arguments
pub fn f(n: u32) -> u32 {
    /*with*/ {
        n.clamp(1 5)
    } /*end*/
}

//# no_comma_between_arms
pub fn f(n: u32) -> u32 {
    /*with*/ {
        match n {
            0 => 1
            _ => n,
        }
    } /*end*/
}

//# let_without_value
pub fn f() -> u32 {
    /*with x*/ {
        let n = ;
        x
    } /*end*/
}

//# elseif
pub fn f(n: u32) -> u32 {
    /*with*/ {
        if n > 1 {
            2
        } elseif n > 0 {
            1
        } else {
            0
        }
    } /*end*/
}

//# two_indices
pub fn f(items: &[u32]) -> u32 {
    /*with*/ {
        items[0 1]
    } /*end*/
}

//# no_semicolon_before_a_break
pub fn f(numbers: &mut dyn Iterator<Item = u32>) -> Option<u32> {
    let mut sum = 0;
    loop {
        /*with*/ {
            let next = numbers.next()
            if next.is_none() {
                break;
            }
            for _ in 0..3 {
                continue;
            }
            sum += next?;
        } /*end*/
    }
    Some(sum)
}
