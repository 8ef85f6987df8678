//! Status lists as they are packed: both kinds, of any length, within bounds.
#![no_main]

use laurel::credential::status::Bitstring;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for bits in [Bitstring::decode(text), Bitstring::decode_2021(text)].into_iter().flatten() {
        let _any = (bits.get(0), bits.get(u32::MAX), bits.value(7, 2), bits.value(u32::MAX, 64));
        assert_eq!(Bitstring::decode(&bits.encode()).as_ref(), Ok(&bits));
    }
});
