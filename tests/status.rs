//! Status lists as credentials: what is published, and what signing them does.

use laurel::credential::canon;
use laurel::credential::key::SecretKey;
use laurel::credential::proof::{ProofOptions, sign, verify};
use laurel::credential::status::{Bitstring, LENGTH, StatusListFacts, status_list_credential};
use serde_json::json;

#[test]
fn a_status_list_credential_is_as_the_standard_writes_it() {
    let mut bits = Bitstring::new();
    bits.set(94_567).unwrap();
    let facts = StatusListFacts {
        id: "https://a.example/status/3",
        issuer: "did:web:a.example",
        valid_from: "2026-11-24T12:00:00.25Z".parse().unwrap(),
        bits: &bits,
    };
    let list = status_list_credential(&facts);
    assert_eq!(
        list,
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": "https://a.example/status/3",
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": "did:web:a.example",
            "validFrom": "2026-11-24T12:00:00Z",
            "credentialSubject": {
                "id": "https://a.example/status/3#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": bits.encode(),
            },
        })
    );
    // Eight statements: were a term undefined, there would be no canonical form at all.
    assert_eq!(canon::canonicalize(&list).unwrap().lines().count(), 8);
    let key = SecretKey::from_seed(&[3; 32]);
    let options = ProofOptions { created: facts.valid_from, verification_method: "did:web:a.example#key-1".into() };
    let signed = sign(&list, &options, &key).unwrap();
    assert_eq!(verify(&signed, &signed["proof"][0], &key.public()), Ok(()));
}

#[test]
fn an_empty_list_is_small_and_a_half_full_one_comes_back_whole() {
    assert!(Bitstring::new().encode().len() < 100);
    let mut bits = Bitstring::new();
    for index in (0..LENGTH).filter(|index| index.wrapping_mul(2_654_435_761) & 0x8000_0000 != 0) {
        bits.set(index).unwrap();
    }
    let back = Bitstring::decode(&bits.encode()).unwrap();
    assert!((0..LENGTH).all(|index| back.get(index) == bits.get(index)));
}
