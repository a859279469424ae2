//# unknown_name
pub fn f() {
    /*with*/ {
        done(nothing);
    } /*end*/
}

//# unknown_function
pub fn f() {
    /*with x*/ {
        nothing(x);
    } /*end*/
}

//# unknown_method
pub fn f() {
    /*with x*/ {
        done(x.nothing());
    } /*end*/
}

//# unknown_type
pub fn f() {
    /*with*/ {
        let y: Nothing = 1;
        done(y);
    } /*end*/
}

//# unknown_macro
pub fn f() {
    /*with*/ {
        nothing!(1);
    } /*end*/
}

//# unknown_label
pub fn f() {
    /*with*/ {
        loop {
            break 'nothing;
        }
    } /*end*/
}

//# unknown_label_of_a_leave
pub fn f() {
    loop {
        /*with*/ {
            break 'nothing;
        } /*end*/
    }
}

//# unknown_field
pub fn f(p: (u32, u32)) {
    /*with*/ {
        done(p.third);
    } /*end*/
}

//# private_field
mod inner {
    pub struct P(u32);
    impl P {
        pub fn new() -> P {
            P(1)
        }
    }
}
pub fn f() {
    /*with*/ {
        done(inner::P::new().0);
    } /*end*/
}

//# private_function
mod inner {
    fn hidden() {}
}
pub fn f() {
    /*with*/ {
        inner::hidden();
    } /*end*/
}
