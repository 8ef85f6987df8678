//! Why a JWS or a key is not read: each fault by its own name.

use laurel::credential::jose::JoseError::{
    self, AlgorithmRefused, AlgorithmUnsupported, Header, HeaderMember, Malformed,
};

use super::*;

fn read(header: Value) -> JoseError {
    Jws::read(format!("{}.{}.AA", coded(header.to_string()), coded("{}")).as_bytes()).unwrap_err()
}

#[test]
fn a_header_says_what_it_must_and_nothing_else() {
    assert!(Jws::read(format!("{}.{}.AA", coded(header().to_string()), coded("{}")).as_bytes()).is_ok());
    for (name, value, fault) in [
        ("alg", json!("none"), JoseError::Unsigned("none".into())),
        ("alg", json!("NONE"), JoseError::Unsigned("NONE".into())),
        ("alg", json!("nonesuch"), AlgorithmRefused("nonesuch".into())),
        ("alg", json!("HS256"), AlgorithmRefused("HS256".into())),
        ("alg", json!("PS256"), AlgorithmUnsupported("PS256".into())),
        ("alg", json!(7), Header("`alg` is not text")),
        ("kid", json!(7), Header("`kid` is not the name of a key")),
        ("kid", json!(""), Header("`kid` is not the name of a key")),
        ("typ", json!("at+jwt"), Header("`typ` says that it is something else than a credential")),
        ("cty", json!("text/plain"), Header("`cty` says that it holds something else than a credential")),
        ("b64", json!(false), HeaderMember("b64".into())),
    ] {
        assert_eq!(read(with(header(), name, value.clone())), fault, "{name}: {value}");
    }
    assert_eq!(read(without(header(), "alg")), Header("`alg` is missing"));
}

#[test]
fn each_part_is_bounded_and_of_its_kind() {
    let fault = |text: String| Jws::read(text.as_bytes()).unwrap_err();
    let header = coded(header().to_string());
    let long = |bytes: usize| coded(format!("\"{}\"", "x".repeat(bytes - 2)));
    assert_eq!(fault(format!("{}.e30.AA", coded("[]"))), Malformed("its header is not an object"));
    assert_eq!(fault(format!("{header}.{}.AA", coded("[]"))), Malformed("its payload is not an object"));
    let (too_long, payload) = (
        "its header is too long, or not base64url without padding",
        "its payload is too long, or not base64url without padding",
    );
    assert_eq!(fault(format!("{}.e30.AA", long(8 * 1024))), Malformed("its header is not an object"));
    assert_eq!(fault(format!("{}.e30.AA", long(8 * 1024 + 1))), Malformed(too_long));
    assert_eq!(fault(format!("{header}.{}.AA", long(1 << 20))), Malformed("its payload is not an object"));
    assert_eq!(fault(format!("{header}.{}.AA", long((1 << 20) + 1))), Malformed(payload));
    assert_eq!(fault(format!("{header}.e30=.AA")), Malformed(payload));
    let signature = |bytes: usize| Jws::read(format!("{header}.e30.{}", coded(vec![1; bytes])).as_bytes());
    assert!(signature(1024).is_ok());
    assert_eq!(signature(1025), Err(Malformed("its signature is not base64url without padding")));
    assert_eq!(signature(0), Err(Malformed("its signature is empty")));
}

#[test]
fn a_key_is_for_its_one_algorithm_and_within_its_size() {
    let named = |alg: &str| Jwk::read(&with(es().public().to_value(), "alg", json!(alg)));
    assert_eq!(named("ES256").as_ref(), Ok(es().public()));
    assert_eq!(named("RS256"), Err(JoseError::Key("it is for another algorithm")));
    assert_eq!(named("ES384"), Err(JoseError::Key("it is for another algorithm")));

    let rsa = |first: u8, bytes: usize, last: u8, e: &[u8]| {
        let mut n = vec![0xff; bytes];
        (n[0], n[bytes - 1]) = (first, last);
        Jwk::read(&json!({"kty": "RSA", "n": coded(n), "e": coded(e)})).err()
    };
    const E: &[u8] = &[1, 0, 1];
    let size = Some(JoseError::Key("an RSA key has 2048 to 8192 bits"));
    let written = Some(JoseError::Key("its numbers are missing, too long or not written as they should be"));
    let numbers = Some(JoseError::Key("its numbers are not those of an RSA key"));
    assert_eq!(rsa(0x80, 256, 0xff, E), None);
    assert_eq!(rsa(0x7f, 256, 0xff, E), size);
    assert_eq!(rsa(0xff, 255, 0xff, E), size);
    assert_eq!(rsa(0xff, 1024, 0xff, E), None);
    assert_eq!(rsa(0x01, 1025, 0xff, E), written);
    assert_eq!(rsa(0x00, 257, 0xff, E), written, "a zero before it");
    assert_eq!(rsa(0x80, 256, 0xfe, E), numbers, "an even modulus");
    assert_eq!(rsa(0x80, 256, 0xff, &[1, 0, 0]), numbers, "an even exponent");
    assert_eq!(rsa(0x80, 256, 0xff, &[1]), numbers, "an exponent of one");
    assert_eq!(rsa(0x80, 256, 0xff, &[3]), None);
    assert_eq!(rsa(0x80, 256, 0xff, &[1; 8]), None);
    assert_eq!(rsa(0x80, 256, 0xff, &[1; 9]), written);
}
