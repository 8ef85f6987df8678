//! Badges in PNG: what is baked comes out again.
#![no_main]

use laurel::credential::bake::{bake_png, unbake_png};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _refused = unbake_png(data);
    if let Ok(baked) = bake_png(data, "{}") {
        assert_eq!(unbake_png(&baked).as_deref(), Ok("{}"));
    }
});
