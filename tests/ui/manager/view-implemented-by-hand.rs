use cm_runtime::View;

enum Everything {}

impl View for Everything {}

fn main() {}
