//! Strict JSON: whatever is taken is taken again as it is written.
#![no_main]

use laurel::credential::json::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(value) = parse(data) else { return };
    if let Ok(again) = parse(value.to_string().as_bytes()) {
        assert_eq!(again, value);
    }
});
