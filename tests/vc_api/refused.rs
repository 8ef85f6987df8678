//! What breaks VC Data Model 2.0 is not signed: 400, with the path. The cases are those of the W3C's test suite for it and more.

use super::*;

#[tokio::test]
async fn a_credential_that_breaks_the_data_model_is_not_signed_and_the_place_is_named() {
    let site = site().await;
    let without = |name: &str| {
        let mut credential = credential();
        credential.as_object_mut().unwrap().remove(name);
        credential
    };
    let v2 = "https://www.w3.org/ns/credentials/v2";
    let resource = |value: Value| with(json!({"relatedResource": [value]}));
    let cases = [
        // Contexts (section 4.3).
        (without("@context"), "@context"),
        (with(json!({"@context": []})), "@context"),
        (with(json!({"@context": ["https://www.w3.org/2018/credentials/v1"]})), "@context"),
        (with(json!({"@context": ["https://www.w3.org/ns/credentials/examples/v2", v2]})), "@context"),
        (with(json!({"@context": [v2, "https ://not-a-url/contexts/v1"]})), "@context[1]"),
        (with(json!({"@context": [v2, 123_192_875]})), "@context[1]"),
        (with(json!({"@context": [v2, ["https://www.w3.org/ns/credentials/examples/v2"]]})), "@context[1]"),
        (with(json!({"@context": [v2, "https://vocabulary.example/unknown/v1"]})), "@context"),
        (with(json!({"@context": [v2, {"VerifiableCredential": "https://example.org/#Other"}]})), ""),
        (
            with(
                json!({"@context": [v2, {"@protected": true, "Own": "https://example.org/#Own"}, {"Own": "https://example.org/#Else"}]}),
            ),
            "",
        ),
        (with(json!({"@context": [v2, {"Own": "not a url"}], "type": ["VerifiableCredential", "Own"]})), ""),
        // Identifiers (4.4).
        (with(json!({"id": null})), "id"),
        (with(json!({"id": "not-a-url"})), "id"),
        (with(json!({"id": 7})), "id"),
        (with(json!({"id": ["did:example:one", "did:example:two"]})), "id"),
        (with(json!({"credentialSubject": {"id": ["did:example:one", "did:example:two"]}})), "credentialSubject.id"),
        (with(json!({"credentialSubject": {"id": "subject"}})), "credentialSubject.id"),
        // Types (4.5).
        (without("type"), "type"),
        (with(json!({"type": []})), "type"),
        (with(json!({"type": ["https://example.org/#Kind"]})), "type"),
        (with(json!({"type": ["VerifiableCredential", "UnmappedKind"]})), ""),
        (with(json!({"type": ["VerifiableCredential", null]})), "type[1]"),
        (with(json!({"type": ["VerifiableCredential", {"id": "urn:x"}]})), "type"),
        // Names and descriptions (4.6, 11.1).
        (with(json!({"name": 7})), "name"),
        (with(json!({"name": {"@value": "N", "@language": "en", "url": "did:example:n"}})), "name"),
        (with(json!({"description": {"@value": "D", "@language": "en", "url": "did:example:d"}})), "description"),
        (with(json!({"description": {"@language": "en"}})), "description"),
        (with(json!({"issuer": {"name": {"@value": "N", "extra": "x"}}})), "issuer.name"),
        (with(json!({"issuer": {"description": {"@value": "D", "@direction": "sideways"}}})), "issuer.description"),
        // Issuer (4.7).
        (with(json!({"issuer": null})), "issuer"),
        (with(json!({"issuer": "not-a-url"})), "issuer"),
        (with(json!({"issuer": ["did:web:badges.acme.example"]})), "issuer"),
        (with(json!({"issuer": {"id": null}})), "issuer.id"),
        (with(json!({"issuer": {"id": "not-a-url"}})), "issuer.id"),
        (with(json!({"issuer": "did:web:another.example"})), "issuer"),
        (with(json!({"issuer": {"id": "did:example:issuer"}})), "issuer"),
        // Subject (4.8).
        (without("credentialSubject"), "credentialSubject"),
        (with(json!({"credentialSubject": {}})), "credentialSubject"),
        (with(json!({"credentialSubject": []})), "credentialSubject"),
        (with(json!({"credentialSubject": "did:example:subject"})), "credentialSubject"),
        (with(json!({"credentialSubject": [{"id": "did:example:one"}, {}]})), "credentialSubject[1]"),
        (with(json!({"credentialSubject": {"undefinedTerm": "x"}})), "credentialSubject"),
        // Validity (4.9).
        (with(json!({"validFrom": "02/26/2026"})), "validFrom"),
        (with(json!({"validFrom": "2026-02-26T00:37:06"})), "validFrom"),
        (with(json!({"validUntil": "2026-02-26"})), "validUntil"),
        (with(json!({"validUntil": 1_772_066_226})), "validUntil"),
        (with(json!({"validFrom": "2030-01-01T00:00:00Z", "validUntil": "2029-01-01T00:00:00Z"})), "validUntil"),
        // Status (4.10; Bitstring Status List).
        (with(json!({"credentialStatus": {"id": "did:example:status"}})), "credentialStatus.type"),
        (
            with(json!({"credentialStatus": {"type": "https://example.org/#S", "id": "not-a-url"}})),
            "credentialStatus.id",
        ),
        (
            with(json!({"credentialStatus": {"type": "https://example.org/#S", "id": ["urn:1", "urn:2"]}})),
            "credentialStatus.id",
        ),
        (with(json!({"credentialStatus": {"type": "UnmappedStatus"}})), "credentialStatus"),
        (
            with(
                json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": true, "statusListCredential": "https://example.org/1"}}),
            ),
            "credentialStatus.statusListIndex",
        ),
        (
            with(
                json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusListIndex": "7", "statusListCredential": "https://example.org/1"}}),
            ),
            "credentialStatus.statusPurpose",
        ),
        (
            with(
                json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://badges.acme.example/status/abc"}}),
            ),
            "credentialStatus[0].statusListCredential",
        ),
        (with(json!({"statusEntry": {"type": "BitstringStatusListEntry", "statusListIndex": true}})), ""),
        // Schemas (4.11).
        (with(json!({"credentialSchema": {"id": "did:example:schema"}})), "credentialSchema.type"),
        (with(json!({"credentialSchema": {"type": "https://example.org/#S"}})), "credentialSchema.id"),
        (with(json!({"credentialSchema": {"type": "https://example.org/#S", "id": 7}})), "credentialSchema.id"),
        (with(json!({"credentialSchema": "https://example.org/schema"})), "credentialSchema"),
        // Related resources (5.3).
        (resource(json!("https://example.org/r")), "relatedResource[0]"),
        (
            resource(json!({"digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="})),
            "relatedResource[0].id",
        ),
        (resource(json!({"id": "https://example.org/r"})), "relatedResource[0]"),
        (resource(json!({"id": "https://example.org/r", "digestSRI": "sha256-zzz"})), "relatedResource[0].digestSRI"),
        (
            resource(json!({"id": "https://example.org/r", "digestMultibase": "uZTQ0MjM1Ng"})),
            "relatedResource[0].digestMultibase",
        ),
        (
            with(json!({"relatedResource": [
                {"id": "https://example.org/r", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
                {"id": "https://example.org/r", "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "mediaType": "text/html"},
            ]})),
            "relatedResource[1].id",
        ),
        // Refreshing, terms, evidence, reserved members (5.4 to 5.6, 5.10).
        (with(json!({"refreshService": {"id": "did:example:refresh/1"}})), "refreshService.type"),
        (with(json!({"refreshService": {"type": "https://example.org/#R", "id": "not-a-url"}})), "refreshService.id"),
        (with(json!({"termsOfUse": {"id": "did:example:terms"}})), "termsOfUse.type"),
        (
            with(json!({"termsOfUse": [{"type": "https://example.org/#T"}, {"id": "did:example:terms"}]})),
            "termsOfUse[1].type",
        ),
        (with(json!({"evidence": {"id": "did:example:evidence"}})), "evidence.type"),
        (with(json!({"evidence": [{"type": "https://example.org/#E"}, "did:example:evidence"]})), "evidence[1]"),
        (with(json!({"renderMethod": {"id": "did:example:render"}})), "renderMethod.type"),
        (with(json!({"confidenceMethod": {"id": "did:example:confidence"}})), "confidenceMethod.type"),
        // What can't be signed whole, or is signed already.
        (with(json!({"proof": {"type": "DataIntegrityProof"}})), "proof"),
        (with(json!({"https://www.w3.org/2018/credentials#validUntil": "2030-01-01T00:00:00Z"})), ""),
        (with(json!({"credentialSubject": {"id": "did:example:subject", "name": null}})), "credentialSubject.name"),
        // A badge is held to the rules of badges.
        (
            with(json!({
                "@context": [v2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                "type": ["VerifiableCredential", "OpenBadgeCredential"],
            })),
            "",
        ),
    ];
    assert!(cases.len() >= 75);
    for (credential, path) in cases {
        for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022"] {
            let (status, problem) = issue(&site, &credential, json!({"cryptosuite": suite})).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{credential}: {problem}");
            let field = problem["errors"][0]["field"].as_str().unwrap();
            let expected = if path.is_empty() { "credential".to_owned() } else { format!("credential.{path}") };
            assert!(
                field == expected
                    || (path.is_empty() && field.starts_with("credential."))
                    || field.starts_with(&format!("{expected}.")),
                "{field} and not {expected}: {problem}"
            );
        }
    }
    assert_eq!(site.written().await.1, Site::open().await.written().await.1 + 1, "only the key was made");
}
