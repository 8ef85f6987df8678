//! Tricks with a JWT, one a line with the code it gets: none passes, and none makes anybody look something up.

use super::*;

/// A badge of VC Data Model 1.1 that could stand in `vc`.
fn of_1_1() -> Value {
    let mut credential = achievement_credential(&facts());
    credential["@context"][0] = json!("https://www.w3.org/2018/credentials/v1");
    let (from, until) = (credential["validFrom"].take(), credential["validUntil"].take());
    let credential = without(without(credential, "validFrom"), "validUntil");
    with(with(credential, "issuanceDate", from), "expirationDate", until)
}

/// Each with its code; a `?` before it when it is not known to be wrong.
fn attacks() -> Vec<(&'static str, String, &'static str)> {
    let text = payload().to_string();
    let head = header().to_string();
    let good = jws(&head, &text, by_es);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let headed = |header: Value| jws(&header.to_string(), &text, by_es);
    let claiming = |payload: Value| jws(&head, &payload.to_string(), by_es);
    let raw = |bytes: Vec<u8>| format!("{signed}.{}", coded(bytes));
    let es_bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let half = |zero: std::ops::Range<usize>| {
        let mut bytes = es_bytes.clone();
        bytes[zero].fill(0);
        bytes
    };
    let hmac = |secret: &[u8]| {
        let header = json!({"alg": "HS256", "kid": KID}).to_string();
        let signer = HS256.signer_from_bytes([secret, &[b' '; 32]].concat()).unwrap();
        jws(&header, &text, |signed| signer.sign(signed).unwrap())
    };
    let public_der = ES256.key_pair_from_der(es().to_pkcs8()).unwrap();
    let public_der = josekit::jwk::KeyPair::to_der_public_key(&public_der);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", BASE64_STANDARD.encode(&public_der));
    let stranger = SigningKey::generate(Algorithm::Es256).unwrap();
    let by_stranger = |signed: &[u8]| ES256.signer_from_der(stranger.to_pkcs8()).unwrap().sign(signed).unwrap();
    let weak = RS256.key_pair_from_der(rs().to_pkcs8()).unwrap();
    let weak = josekit::jwk::KeyPair::to_jwk_public_key(&weak);
    let short = coded(&BASE64_URL_SAFE_NO_PAD.decode(weak.parameter("n").unwrap().as_str().unwrap()).unwrap()[..128]);
    let order = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";
    let n = BASE64_URL_SAFE_NO_PAD.decode(order).unwrap();
    let mut list = vec![
        ("alg none", format!("{}.{}.", coded(json!({"alg": "none"}).to_string()), coded(&text)), "algorithm_refused"),
        ("alg none with a signature", headed(json!({"alg": "none", "kid": KID})), "algorithm_refused"),
        ("alg None", headed(json!({"alg": "None", "kid": KID})), "algorithm_refused"),
        ("alg NONE", headed(json!({"alg": "NONE", "kid": KID})), "algorithm_refused"),
        ("alg nOnE", headed(json!({"alg": "nOnE", "kid": KID})), "algorithm_refused"),
        ("alg empty", headed(json!({"alg": "", "kid": KID})), "algorithm_refused"),
        ("alg es256", headed(json!({"alg": "es256", "kid": KID})), "algorithm_refused"),
        ("alg with a space", headed(json!({"alg": "ES256 ", "kid": KID})), "algorithm_refused"),
        ("alg missing", headed(json!({"kid": KID})), "header_refused"),
        ("alg a list", headed(json!({"alg": ["ES256"], "kid": KID})), "header_refused"),
        ("alg null", headed(json!({"alg": null, "kid": KID})), "header_refused"),
        ("HS256 with the public key in PEM", hmac(pem.as_bytes()), "algorithm_refused"),
        ("HS256 with PEM and a line end", hmac(format!("{pem}\n").as_bytes()), "algorithm_refused"),
        ("HS256 with the public key in DER", hmac(&public_der), "algorithm_refused"),
        ("HS256 with the JWK", hmac(es().public().to_value().to_string().as_bytes()), "algorithm_refused"),
        ("hs512", headed(json!({"alg": "hs512", "kid": KID})), "algorithm_refused"),
        ("HS384", headed(json!({"alg": "HS384", "kid": KID})), "algorithm_refused"),
        ("RSA encryption", headed(json!({"alg": "RSA-OAEP", "kid": KID})), "algorithm_refused"),
        ("ES384", headed(json!({"alg": "ES384", "kid": KID})), "?algorithm_unsupported"),
        ("PS256", headed(json!({"alg": "PS256", "kid": KID})), "?algorithm_unsupported"),
        ("ES256K", headed(json!({"alg": "ES256K", "kid": KID})), "?algorithm_unsupported"),
        ("RS256 over a P-256 key", headed(json!({"alg": "RS256", "kid": KID})), "key_refused"),
        ("ES256 over an RSA key", jws(&json!({"alg": "ES256", "kid": RS}).to_string(), &text, by_rs), "key_refused"),
        ("EdDSA over a P-256 key", jws(&json!({"alg": "EdDSA", "kid": KID}).to_string(), &text, by_ed), "key_refused"),
        (
            "a stranger's jwk in the header",
            jws(&json!({"alg": "ES256", "jwk": stranger.public().to_value()}).to_string(), &text, by_stranger),
            "key_of_another",
        ),
        (
            "a stranger's jwk beside the issuer's kid",
            jws(&with(header(), "jwk", stranger.public().to_value()).to_string(), &text, by_stranger),
            "key_of_another",
        ),
        (
            "a jwk that shows its secret",
            headed(with(header(), "jwk", json!({"kty": "EC", "d": "AA"}))),
            "header_refused",
        ),
        ("a shared secret as jwk", headed(with(header(), "jwk", json!({"kty": "oct", "k": "AA"}))), "header_refused"),
        (
            "an RSA jwk of 1024 bits",
            headed(json!({"alg": "RS256", "jwk": {"kty": "RSA", "n": short, "e": "AQAB"}})),
            "header_refused",
        ),
        (
            "an RSA jwk with the exponent 1",
            headed(json!({"alg": "RS256", "jwk": with(rs().public().to_value(), "e", json!("AQ"))})),
            "header_refused",
        ),
        (
            "a jwk for encryption",
            headed(json!({"alg": "ES256", "jwk": with(es().public().to_value(), "use", json!("enc"))})),
            "header_refused",
        ),
        (
            "a jwk for another algorithm",
            headed(json!({"alg": "ES256", "jwk": with(es().public().to_value(), "alg", json!("ES384"))})),
            "header_refused",
        ),
        ("a jwk as text", headed(with(header(), "jwk", json!("key"))), "header_refused"),
        ("jku", headed(with(header(), "jku", json!("https://evil.example/jwks"))), "header_refused"),
        ("x5u", headed(with(header(), "x5u", json!("https://evil.example/chain"))), "header_refused"),
        ("x5c", headed(with(header(), "x5c", json!(["MIIB"]))), "header_refused"),
        ("x5t", headed(with(header(), "x5t", json!("AAAA"))), "header_refused"),
        ("an unknown crit", headed(with(with(header(), "crit", json!(["exp"])), "exp", json!(1))), "header_refused"),
        ("an empty crit", headed(with(header(), "crit", json!([]))), "header_refused"),
        ("b64 false", headed(with(with(header(), "b64", json!(false)), "crit", json!(["b64"]))), "header_refused"),
        ("zip", headed(with(header(), "zip", json!("DEF"))), "header_refused"),
        ("enc", headed(with(header(), "enc", json!("A256GCM"))), "header_refused"),
        ("iss in the header", headed(with(header(), "iss", json!(DID))), "header_refused"),
        ("typ of an access token", headed(with(header(), "typ", json!("at+jwt"))), "header_refused"),
        ("typ of a presentation", headed(with(header(), "typ", json!("vp+jwt"))), "header_refused"),
        ("typ not text", headed(with(header(), "typ", json!(1))), "header_refused"),
        ("cty JWT", headed(with(header(), "cty", json!("JWT"))), "header_refused"),
        ("kid missing", headed(json!({"alg": "ES256"})), "key_unknown"),
        ("kid a number", headed(with(header(), "kid", json!(7))), "header_refused"),
        ("kid empty", headed(with(header(), "kid", json!(""))), "header_refused"),
        ("kid very long", headed(with(header(), "kid", json!("k".repeat(4_000)))), "header_refused"),
        ("kid as a path", headed(with(header(), "kid", json!("../../../dev/null"))), "key_unknown"),
        ("kid as a file", headed(with(header(), "kid", json!("/etc/passwd"))), "key_unknown"),
        ("kid as SQL", headed(with(header(), "kid", json!("' UNION SELECT 'key' --"))), "key_unknown"),
        ("kid as a command", headed(with(header(), "kid", json!("key|/bin/id"))), "key_unknown"),
        ("kid as a stranger's URL", headed(with(header(), "kid", json!("https://evil.example/key"))), "key_unknown"),
        ("kid of another DID", headed(with(header(), "kid", json!("did:web:evil.example#key-1"))), "key_of_another"),
        (
            "kid with the DID as a beginning",
            headed(with(header(), "kid", json!("did:web:badges.example.org.evil.example#key-jwt"))),
            "key_of_another",
        ),
        ("kid without its fragment", headed(with(header(), "kid", json!(DID))), "key_unknown"),
        ("kid of a key that is not there", headed(with(header(), "kid", json!("#key-none"))), "key_unknown"),
        ("kid of another key of the issuer", headed(json!({"alg": "EdDSA", "kid": METHOD})), "altered"),
        ("a header with alg twice", jws(&head.replacen('{', "{\"alg\":\"none\",", 1), &text, by_es), "jwt_malformed"),
        ("a header that is a list", jws("[]", &text, by_es), "not_json"),
        ("a header with something after it", jws(&format!("{head}{{}}"), &text, by_es), "jwt_malformed"),
        ("a payload with a key twice", jws(&head, &text.replacen('{', "{\"iss\":\"x\",", 1), by_es), "jwt_malformed"),
        ("a payload that is a list", jws(&head, "[]", by_es), "jwt_malformed"),
        ("a payload that is a JWT", jws(&head, &good, by_es), "jwt_malformed"),
        ("no payload", format!("{}..{signature}", coded(&head)), "jwt_malformed"),
        ("no signature", format!("{signed}."), "jwt_malformed"),
        ("two parts", signed.to_owned(), "jwt_malformed"),
        ("four parts", format!("{good}.AAAA"), "jwt_malformed"),
        ("five parts", format!("{good}.AAAA.AAAA"), "jwt_malformed"),
        ("padding", format!("{signed}.{}", BASE64_URL_SAFE.encode(&es_bytes)), "jwt_malformed"),
        ("the other base64", format!("{signed}.{}", BASE64_STANDARD.encode([0xff; 63])), "jwt_malformed"),
        ("a line break inside", good.replacen('.', ".\n", 1), "jwt_malformed"),
        ("a space inside", good.replacen('.', " .", 1), "jwt_malformed"),
        (
            "bits left over",
            {
                let mut t = good.clone();
                t.pop();
                t + "B"
            },
            "jwt_malformed",
        ),
        ("r zero", raw(half(0..32)), "altered"),
        ("s zero", raw(half(32..64)), "altered"),
        ("r and s zero", raw(vec![0; 64]), "altered"),
        ("r and s the order of the curve", raw([&n[..], &n[..]].concat()), "altered"),
        ("r and s the highest number", raw(vec![0xff; 64]), "altered"),
        (
            "r one and s one",
            raw({
                let mut b = vec![0; 64];
                b[31] = 1;
                b[63] = 1;
                b
            }),
            "altered",
        ),
        ("r and s changed over", raw([&es_bytes[32..], &es_bytes[..32]].concat()), "altered"),
        ("a DER signature", raw(der(&es_bytes)), "altered"),
        ("a signature too short", raw(es_bytes[..63].to_vec()), "altered"),
        ("a signature too long", raw([&es_bytes[..], &[0]].concat()), "altered"),
        (
            "an RSA signature too short",
            jws(&json!({"alg": "RS256", "kid": RS}).to_string(), &text, |s| by_rs(s)[1..].to_vec()),
            "altered",
        ),
        (
            "an RSA signature of zeros",
            jws(&json!({"alg": "RS256", "kid": RS}).to_string(), &text, |s| vec![0; by_rs(s).len()]),
            "altered",
        ),
        (
            "an RSA signature with a zero before",
            jws(&json!({"alg": "RS256", "kid": RS}).to_string(), &text, |s| [&[0][..], &by_rs(s)].concat()),
            "altered",
        ),
        (
            "an Ed25519 signature of zeros",
            jws(&json!({"alg": "EdDSA", "kid": METHOD}).to_string(), &text, |_| vec![0; 64]),
            "altered",
        ),
        (
            "another payload under the signature",
            format!("{}.{}.{signature}", coded(&head), coded(with(payload(), "name", json!("Master")).to_string())),
            "altered",
        ),
        (
            "another header over the signature",
            format!("{}.{}.{signature}", coded(without(header(), "typ").to_string()), coded(&text)),
            "altered",
        ),
        ("a stranger's signature", jws(&head, &text, by_stranger), "altered"),
        ("nbf as text", claiming(with(payload(), "nbf", json!("1768471200"))), "jwt_malformed"),
        ("exp as text", claiming(with(payload(), "exp", json!("1831543200"))), "jwt_malformed"),
        ("exp as a date", claiming(with(payload(), "exp", json!("2028-01-15T10:00:00Z"))), "jwt_malformed"),
        ("exp with a fraction", claiming(with(payload(), "exp", json!(1_831_543_200.5))), "jwt_malformed"),
        ("exp beyond every date", claiming(with(payload(), "exp", json!(9_007_199_254_740_991_i64))), "jwt_malformed"),
        ("exp null", claiming(with(payload(), "exp", json!(null))), "jwt_malformed"),
        ("iat as text", claiming(with(payload(), "iat", json!("now"))), "jwt_malformed"),
        (
            "iat to come",
            claiming(with(payload(), "iat", json!(at("2027-01-01T00:00:00Z").as_second()))),
            "proof_from_the_future",
        ),
        ("exp later than validUntil", claiming(with(payload(), "exp", json!(4_000_000_000_i64))), "claims_disagree"),
        ("exp without validUntil", claiming(without(payload(), "validUntil")), "claims_disagree"),
        ("nbf earlier than validFrom", claiming(with(payload(), "nbf", json!(0))), "claims_disagree"),
        ("iss of another", claiming(with(payload(), "iss", json!("did:web:evil.example"))), "claims_disagree"),
        ("iss a list", claiming(with(payload(), "iss", json!([DID]))), "jwt_malformed"),
        ("sub of another", claiming(with(payload(), "sub", json!("urn:uuid:other"))), "claims_disagree"),
        ("jti of another", claiming(with(payload(), "jti", json!("urn:uuid:other"))), "claims_disagree"),
        ("aud", claiming(with(payload(), "aud", json!("https://one.example"))), "jwt_malformed"),
        ("a second badge in vc", claiming(with(payload(), "vc", payload())), "jwt_malformed"),
        ("a second badge of version 1.1 in vc", claiming(with(payload(), "vc", of_1_1())), "jwt_malformed"),
        ("version 2 in vc", claiming(json!({"vc": achievement_credential(&facts())})), "jwt_malformed"),
        ("vc a text", claiming(json!({"vc": "x"})), "jwt_malformed"),
        ("a presentation", claiming(json!({"vp": {}})), "not_a_badge"),
        ("an empty payload", claiming(json!({})), "not_a_badge"),
        ("a badge that is a profile", claiming(with(payload(), "type", json!(["Profile"]))), "malformed"),
    ];
    let other = with(payload(), "iss", json!("did:web:evil.example"));
    let other =
        with(other, "issuer", json!({"id": "did:web:evil.example", "type": ["Profile"], "name": "Example Works"}));
    list.push(("another issuer with the issuer's kid", claiming(other), "?key_unavailable"));
    list
}

/// r and s as ASN.1, as other protocols write them.
fn der(raw: &[u8]) -> Vec<u8> {
    let integer = |half: &[u8]| {
        let zero: &[u8] = if half[0] & 0x80 == 0 { &[] } else { &[0] };
        [&[2, (half.len() + zero.len()) as u8][..], zero, half].concat()
    };
    let body = [integer(&raw[..32]), integer(&raw[32..])].concat();
    [&[0x30, body.len() as u8][..], &body].concat()
}

#[test]
fn no_trick_with_a_jwt_passes() {
    let attacks = attacks();
    assert!(attacks.len() >= 100, "{}", attacks.len());
    for (what, token, code) in attacks {
        let told = told_of(&token);
        let expected = match code.strip_prefix('?') {
            Some(_) => ("Unknown:", code.to_owned()),
            None => ("Invalid:", format!("!{code}")),
        };
        let last = told.rsplit(' ').next().unwrap_or_default();
        assert_eq!(
            (told.split(' ').next().unwrap_or_default(), last),
            (expected.0, expected.1.as_str()),
            "{what}: {told}"
        );
        needs(token.as_bytes(), &Evidence::new());
    }
}

#[test]
fn nothing_is_looked_up_for_a_stranger() {
    for (what, token, code) in attacks() {
        let needed = needs(token.as_bytes(), &Evidence::new());
        let own = [Need::DidDocument(DID.into())];
        let other = [Need::DidDocument("did:web:evil.example".into())];
        assert!(needed.is_empty() || needed == own || needed == other, "{what} ({code}): {needed:?}");
    }
    let good = jws(&header().to_string(), &payload().to_string(), by_es);
    assert_eq!(needs(good.as_bytes(), &Evidence::new()), [Need::DidDocument(DID.into())]);
    let nameless = jws(&json!({"alg": "ES256"}).to_string(), &payload().to_string(), by_es);
    assert_eq!(needs(nameless.as_bytes(), &Evidence::new()), [], "no key is named that could be looked up");
    let mut known = Evidence::new();
    known.put(Need::DidDocument(DID.into()), found(&document_with(json!([method(ES, es(), KID)]))));
    assert_eq!(needs(good.as_bytes(), &known), [Need::StatusList(LIST.into())]);
    let altered = format!("{good}A");
    assert_eq!(needs(altered.as_bytes(), &known), []);
}
