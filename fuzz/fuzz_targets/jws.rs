//! Compact JWS: nobody has the key, so nothing verifies.
#![no_main]

use laurel::credential::jose::{Jwk, Jws};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYS: LazyLock<Vec<Jwk>> = LazyLock::new(|| {
    let keys = [
        serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}),
        serde_json::json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        }),
    ];
    keys.iter().map(|key| Jwk::read(key).expect("it is a key")).collect()
});

fuzz_target!(|data: &[u8]| {
    let Ok((jws, _payload)) = Jws::read(data) else { return };
    for key in KEYS.iter() {
        assert!(jws.verify(key).is_err());
    }
});
