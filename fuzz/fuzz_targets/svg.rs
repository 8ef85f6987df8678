//! Badges in SVG: what is baked comes out again.
#![no_main]

use laurel::credential::bake::{bake_svg, unbake, unbake_svg};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _refused = unbake(data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _refused = unbake_svg(text);
    if let Ok(baked) = bake_svg(text, "{}") {
        assert_eq!(unbake_svg(&baked).as_deref(), Ok("{}"));
    }
});
