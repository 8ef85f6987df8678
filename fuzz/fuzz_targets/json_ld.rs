//! JSON-LD with the bundled contexts and any that stand in the document.
#![no_main]

use laurel::credential::{canon, context::Library, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(document) = json::parse(data) {
        let _refused = canon::to_rdf(&document, Library::bundled(), Some("https://badges.example.org/"));
    }
});
