//! The whole judge: the input is a badge, and after each null byte what is found when it asks. Nobody is known, so
//! nothing is valid.
#![no_main]

use laurel::credential::{
    bake::unbake,
    verify::{Asked, Evidence, Found, Verdict, judge, needs},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let now = jiff::Timestamp::from_second(1_795_521_600).expect("a time");
    let mut parts = data.split(|byte| *byte == 0);
    let Ok(badge) = unbake(parts.next().unwrap_or_default()) else { return };
    let mut evidence = Evidence::new();
    for _ in 0..6 {
        for need in needs(&badge, &evidence) {
            let found = match parts.next() {
                Some(part) => Found::Document(part.to_vec(), now),
                None => Found::Unavailable("nobody answers there".to_owned()),
            };
            evidence.put(need, found);
        }
    }
    let report = judge(&badge, &evidence, now, &Asked { email: Some("a@example.com"), known_issuers: &[] });
    assert_ne!(report.verdict, Verdict::Valid);
});
