//! The contexts Laurel knows, each at its published address. None is ever fetched; contexts/SOURCES says where each came from.

/// Address and text of every bundled context.
pub const CONTEXTS: &[(&str, &str)] = &[
    ("https://www.w3.org/ns/credentials/v2", include_str!("../../../contexts/credentials-v2.jsonld")),
    ("https://www.w3.org/2018/credentials/v1", include_str!("../../../contexts/credentials-v1.jsonld")),
    (
        "https://www.w3.org/ns/credentials/undefined-terms/v2",
        include_str!("../../../contexts/undefined-terms-v2.jsonld"),
    ),
    ("https://www.w3.org/ns/credentials/examples/v2", include_str!("../../../contexts/examples-v2.jsonld")),
    ("https://www.w3.org/ns/credentials/status/v1", include_str!("../../../contexts/status-v1.jsonld")),
    ("https://w3id.org/vc/status-list/2021/v1", include_str!("../../../contexts/status-list-2021-v1.jsonld")),
    ("https://www.w3.org/ns/did/v1", include_str!("../../../contexts/did-v1.jsonld")),
    ("https://w3id.org/security/data-integrity/v1", include_str!("../../../contexts/data-integrity-v1.jsonld")),
    ("https://w3id.org/security/data-integrity/v2", include_str!("../../../contexts/data-integrity-v2.jsonld")),
    ("https://w3id.org/security/multikey/v1", include_str!("../../../contexts/multikey-v1.jsonld")),
    ("https://w3id.org/security/suites/ed25519-2020/v1", include_str!("../../../contexts/ed25519-2020-v1.jsonld")),
    ("https://w3id.org/security/suites/jws-2020/v1", include_str!("../../../contexts/jws-2020-v1.jsonld")),
    ("https://purl.imsglobal.org/spec/ob/v3p0/context.json", include_str!("../../../contexts/ob-v3p0-context.json")),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        include_str!("../../../contexts/ob-v3p0-context-3.0.1.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        include_str!("../../../contexts/ob-v3p0-context-3.0.2.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        include_str!("../../../contexts/ob-v3p0-context-3.0.3.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        include_str!("../../../contexts/ob-v3p0-extensions.json"),
    ),
    ("https://w3id.org/openbadges/v2", include_str!("../../../contexts/ob-v2.jsonld")),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        include_str!("../../../contexts/clr-v2p0-context-2.0.1.json"),
    ),
];
