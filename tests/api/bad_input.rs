//! A bad call is answered with one clear sentence that names the field, and writes nothing.

use super::{Call, JSON, awards, csv, get, post, send, verify};
use crate::cast::{ADA, BASE_URL, MASTER, PRACTITIONER, PROFESSIONAL, Site};
use serde_json::{Value, json};

#[tokio::test]
async fn bad_input_is_told_with_its_field_and_writes_nothing() {
    let site = Site::open().await;
    let current = site.award(ADA, PROFESSIONAL, "link").await.id;
    let revoked = site.award(ADA, PRACTITIONER, "link").await.id;
    let endless = site.award(ADA, MASTER, "link").await.id;
    site.post(&format!("/api/v1/awards/{revoked}/revoke"), &json!({"reason": "A mistake"})).await;
    let table = table(&Known { current, revoked, endless });
    assert!(table.len() >= 40, "{} cases", table.len());
    let before = site.written().await;
    for bad in table {
        let response = send(&site, &bad.call).await;
        let (name, status) = (bad.name, response.status().as_u16());
        let media_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        let problem: Value = response.json().await.unwrap();
        assert_eq!(status, bad.status, "{name}: {problem}");
        assert_eq!(media_type, "application/problem+json", "{name}");
        assert_eq!(problem["status"], status, "{name}");
        assert_eq!(problem["code"].is_string(), status == 409, "{name}: {problem}");
        assert_eq!(problem["type"], format!("{BASE_URL}/api#{}", bad.problem), "{name}: {problem}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.ends_with('.') && detail.len() < 600, "{name}: {detail}");
        match problem["errors"].as_array() {
            Some(errors) => {
                assert!(
                    errors.iter().any(|error| error["field"] == bad.names),
                    "{name} must name {}: {problem}",
                    bad.names
                );
                assert!(detail.contains(errors[0]["field"].as_str().unwrap()), "{name}: {detail}");
            }
            None => assert!(detail.contains(bad.names), "{name} must say {}: {detail}", bad.names),
        }
        assert_eq!(site.written().await, before, "{name} wrote something");
    }
}

/// One bad call, and what it must be told.
struct Bad {
    name: &'static str,
    call: Call,
    status: u16,
    /// The last part of the problem's type.
    problem: &'static str,
    /// A field that `errors` must name, or a word that the detail must hold.
    names: &'static str,
}

/// An award request with one thing changed.
fn award_with(path: &str, value: Value) -> Vec<u8> {
    let mut request = json!({
        "level": PROFESSIONAL,
        "recipient": {"name": "Bao Nguyen", "email": "bao.nguyen@acme.example"},
    });
    match path.strip_prefix("recipient.") {
        Some(name) => request["recipient"][name] = value,
        None => request[path] = value,
    }
    request.to_string().into_bytes()
}

/// Awards that the bad calls are about: one that stands, one revoked, one that never ends.
struct Known {
    current: String,
    revoked: String,
    endless: String,
}

fn table(known: &Known) -> Vec<Bad> {
    let bad = |name, call, status, problem, names| Bad { name, call, status, problem, names };
    let many = |n: usize| {
        let award = json!({"level": PROFESSIONAL, "recipient": {"name": "A", "email": "a@acme.example"}});
        json!({"awards": vec![award; n]}).to_string()
    };
    let current = &known.current;
    vec![
        // Whoever may not.
        bad("no token", awards(award_with("level", json!(PROFESSIONAL))).by(None), 401, "unauthenticated", "token"),
        bad(
            "an unknown token",
            awards("{}").by(None).with("authorization", "Bearer lrl_wrong"),
            401,
            "unauthenticated",
            "token",
        ),
        bad(
            "another scheme",
            awards("{}").by(None).with("authorization", "Basic YTpi"),
            401,
            "unauthenticated",
            "token",
        ),
        bad("issuing with a token to read", awards("{}").by(Some("read")), 403, "forbidden", "scope issue"),
        bad(
            "revoking with a token to issue",
            post(format!("/api/v1/awards/{current}/revoke"), JSON, "{}").by(Some("issue")),
            403,
            "forbidden",
            "scope revoke",
        ),
        bad("reading with a token to revoke", get("/api/v1/awards").by(Some("revoke")), 403, "forbidden", "scope read"),
        // Bodies that can't be read.
        bad("an empty body", awards(""), 400, "malformed", "empty"),
        bad("half of a JSON object", awards("{\"level\": \"craft.pro"), 400, "malformed", "JSON"),
        bad("bytes that are no text", awards(vec![b'{', 0xff, b'}']), 400, "malformed", "JSON"),
        bad("a repeated member", awards(r#"{"level":"a","level":"b"}"#), 400, "malformed", "level"),
        bad("a byte order mark", awards("\u{feff}{}"), 400, "malformed", "byte order mark"),
        bad("a number too long to keep", awards(r#"{"level":9007199254740993}"#), 400, "malformed", "level"),
        bad("nesting without end", awards("[".repeat(10_000)), 400, "malformed", "deeper"),
        bad("no media type", Call { headers: vec![], ..awards("{}") }, 415, "unsupported-media-type", "Content-Type"),
        bad(
            "another media type",
            post("/api/v1/awards", "text/plain", "{}"),
            415,
            "unsupported-media-type",
            "text/plain",
        ),
        bad(
            "a form",
            post("/api/v1/awards", "application/x-www-form-urlencoded", "level=a"),
            415,
            "unsupported-media-type",
            "Content-Type",
        ),
        bad("more than 8 MiB", csv(vec![b'a'; 8 * 1024 * 1024 + 1]), 413, "too-large", "8 MiB"),
        // Awards of which something is not right.
        bad("a list", awards("[]"), 422, "invalid", "body"),
        bad("nothing in it", awards("{}"), 422, "invalid", "level"),
        bad("no recipient", awards(format!("{{\"level\":\"{PROFESSIONAL}\"}}")), 422, "invalid", "recipient"),
        bad(
            "no address",
            awards(format!("{{\"level\":\"{PROFESSIONAL}\",\"recipient\":{{\"name\":\"Bao\"}}}}")),
            422,
            "invalid",
            "recipient.email",
        ),
        bad("a level that is a number", awards(award_with("level", json!(5))), 422, "invalid", "level"),
        bad("a level that is not there", awards(award_with("level", json!("craft.wizard"))), 422, "invalid", "level"),
        bad("an empty level", awards(award_with("level", json!(" "))), 422, "invalid", "level"),
        bad("an empty name", awards(award_with("recipient.name", json!(""))), 422, "invalid", "recipient.name"),
        bad(
            "a name without end",
            awards(award_with("recipient.name", json!("x".repeat(201)))),
            422,
            "invalid",
            "recipient.name",
        ),
        bad(
            "a control character in a name",
            awards(award_with("recipient.name", json!("Bao\u{7}"))),
            422,
            "invalid",
            "recipient.name",
        ),
        bad(
            "an address that is none",
            awards(award_with("recipient.email", json!("bao"))),
            422,
            "invalid",
            "recipient.email",
        ),
        bad(
            "an address with a header in it",
            awards(award_with("recipient.email", json!("a@b.example\r\nBcc: c@d.example"))),
            422,
            "invalid",
            "recipient.email",
        ),
        bad(
            "consent that is a word",
            awards(award_with("recipient.name_public", json!("yes"))),
            422,
            "invalid",
            "recipient.name_public",
        ),
        bad("an unknown field", awards(award_with("colour", json!("red"))), 422, "invalid", "colour"),
        bad(
            "an unknown field of the person",
            awards(award_with("recipient.phone", json!("1"))),
            422,
            "invalid",
            "recipient.phone",
        ),
        bad(
            "evidence that runs",
            awards(award_with("evidence_url", json!("javascript:alert(1)"))),
            422,
            "invalid",
            "evidence_url",
        ),
        bad(
            "evidence whose address can't be signed",
            awards(award_with("evidence_url", json!("https://acme.example/{work}"))),
            422,
            "invalid",
            "evidence_url",
        ),
        bad(
            "evidence behind a password",
            awards(award_with("evidence_url", json!("https://ada:secret@acme.example/"))),
            422,
            "invalid",
            "evidence_url",
        ),
        bad(
            "evidence that is no address",
            awards(award_with("evidence_url", json!("my work"))),
            422,
            "invalid",
            "evidence_url",
        ),
        bad(
            "a narrative without end",
            awards(award_with("narrative", json!("x".repeat(100_000)))),
            422,
            "invalid",
            "narrative",
        ),
        bad("a date without a time", awards(award_with("valid_from", json!("3 May"))), 422, "invalid", "valid_from"),
        bad(
            "an end before the beginning",
            awards(award_with("valid_until", json!("2020-01-01T00:00:00Z"))),
            422,
            "invalid",
            "valid_until",
        ),
        bad(
            "a year that no calendar has",
            awards(award_with("valid_from", json!("9999-01-01T00:00:00Z"))),
            422,
            "invalid",
            "valid_from",
        ),
        bad(
            "a visibility that is none",
            awards(award_with("visibility", json!("everyone"))),
            422,
            "invalid",
            "visibility",
        ),
        bad("no awards at all", awards(r#"{"awards":[]}"#), 422, "invalid", "awards"),
        bad("awards that are no list", awards(r#"{"awards":{}}"#), 422, "invalid", "awards"),
        bad("more than a thousand awards", awards(many(1_001)), 422, "invalid", "awards"),
        bad("one person twice", awards(many(2)), 422, "invalid", "awards[1].recipient"),
        bad(
            "the second of two is wrong",
            awards(
                json!({"awards": [
                    {"level": PRACTITIONER, "recipient": {"name": "Bao", "email": "bao.nguyen@acme.example"}},
                    {"level": PRACTITIONER, "recipient": {"name": "Dev", "email": "dev"}},
                ]})
                .to_string(),
            ),
            422,
            "invalid",
            "awards[1].recipient.email",
        ),
        bad(
            "an award that is held already",
            awards(json!({"level": PROFESSIONAL, "recipient": {"name": ADA.name, "email": ADA.email}}).to_string()),
            409,
            "conflict",
            "recipient",
        ),
        bad(
            "an empty Idempotency-Key",
            awards(award_with("level", json!(PROFESSIONAL))).with("idempotency-key", ""),
            422,
            "invalid",
            "Idempotency-Key",
        ),
        bad(
            "an Idempotency-Key with a space",
            awards(award_with("level", json!(PROFESSIONAL))).with("idempotency-key", "a b"),
            422,
            "invalid",
            "Idempotency-Key",
        ),
        bad(
            "an Idempotency-Key without end",
            awards(award_with("level", json!(PROFESSIONAL))).with("idempotency-key", "k".repeat(256)),
            422,
            "invalid",
            "Idempotency-Key",
        ),
        bad(
            "a dry run of JSON",
            Call { path: "/api/v1/awards?dry_run=true".into(), ..awards(award_with("level", json!(PROFESSIONAL))) },
            422,
            "invalid",
            "dry_run",
        ),
        // CSV files that can't be taken as a whole.
        bad("an empty file", csv(""), 422, "invalid", "csv header"),
        bad("a file without a column", csv("name,email\nBao,bao@acme.example\n"), 422, "invalid", "csv header"),
        bad("a file with an unknown column", csv("name,email,level,colour\n"), 422, "invalid", "csv header"),
        bad(
            "a file whose header is no UTF-8",
            csv(b"name,email\xff,level\nBao,b@acme.example,craft.master\n".to_vec()),
            422,
            "invalid",
            "line 1",
        ),
        bad(
            "a dry run that is neither",
            Call { path: "/api/v1/awards?dry_run=maybe".into(), ..csv("name,email,level\n") },
            422,
            "invalid",
            "dry_run",
        ),
        // The record.
        bad("an award that is not there", get("/api/v1/awards/none"), 404, "not-found", "none"),
        bad("a limit that is no number", get("/api/v1/awards?limit=many"), 422, "invalid", "limit"),
        bad("a limit of nothing", get("/api/v1/awards?limit=0"), 422, "invalid", "limit"),
        bad("a limit without end", get("/api/v1/awards?limit=101"), 422, "invalid", "limit"),
        bad("a place that is none", get("/api/v1/awards?after=yesterday"), 422, "invalid", "after"),
        bad("an unknown parameter", get("/api/v1/awards?page=2"), 422, "invalid", "page"),
        bad("a parameter twice", get("/api/v1/awards?limit=1&limit=2"), 422, "invalid", "limit"),
        bad("an address that is not there", get("/api/v2/awards"), 404, "not-found", "/api"),
        bad(
            "a method that is not taken",
            Call { method: "DELETE", ..get(format!("/api/v1/awards/{current}")) },
            405,
            "method-not-allowed",
            "Allow",
        ),
        // Revoking and renewing.
        bad(
            "revoking without a body",
            Call { headers: vec![], ..post(format!("/api/v1/awards/{current}/revoke"), JSON, "") },
            422,
            "invalid",
            "reason",
        ),
        bad(
            "revoking with an empty reason",
            post(format!("/api/v1/awards/{current}/revoke"), JSON, r#"{"reason":" "}"#),
            422,
            "invalid",
            "reason",
        ),
        bad(
            "revoking with more than a reason",
            post(format!("/api/v1/awards/{current}/revoke"), JSON, r#"{"reason":"a","undo":true}"#),
            422,
            "invalid",
            "undo",
        ),
        bad(
            "a reason without end",
            post(format!("/api/v1/awards/{current}/revoke"), JSON, json!({"reason": "x".repeat(1_001)}).to_string()),
            422,
            "invalid",
            "reason",
        ),
        bad(
            "revoking as a form",
            post(format!("/api/v1/awards/{current}/revoke"), "application/x-www-form-urlencoded", "reason=a"),
            415,
            "unsupported-media-type",
            "Content-Type",
        ),
        bad(
            "revoking what is not there",
            post("/api/v1/awards/none/revoke", JSON, r#"{"reason":"a"}"#),
            404,
            "not-found",
            "none",
        ),
        bad(
            "revoking twice",
            post(format!("/api/v1/awards/{}/revoke", known.revoked), JSON, r#"{"reason":"a"}"#),
            409,
            "conflict",
            "revoked",
        ),
        bad("renewing what is not there", post("/api/v1/awards/none/renew", JSON, "{}"), 404, "not-found", "none"),
        bad(
            "renewing too early",
            post(format!("/api/v1/awards/{current}/renew"), JSON, "{}"),
            409,
            "conflict",
            "early",
        ),
        bad(
            "renewing what was revoked",
            post(format!("/api/v1/awards/{}/renew", known.revoked), JSON, "{}"),
            409,
            "conflict",
            "revoked",
        ),
        bad(
            "renewing what never ends",
            post(format!("/api/v1/awards/{}/renew", known.endless), JSON, "{}"),
            409,
            "conflict",
            "never expires",
        ),
        bad(
            "renewing with an unknown field",
            post(format!("/api/v1/awards/{current}/renew"), JSON, r#"{"until":"2030"}"#),
            422,
            "invalid",
            "until",
        ),
        bad(
            "renewing with a bad link",
            post(format!("/api/v1/awards/{current}/renew"), JSON, r#"{"evidence_url":"x"}"#),
            422,
            "invalid",
            "evidence_url",
        ),
        // Verifying: only what can't be read is refused.
        bad("verifying nothing", verify(JSON, ""), 400, "malformed", "credential"),
        bad("verifying half of a request", verify(JSON, "{"), 400, "malformed", "JSON"),
        bad("verifying without a credential", verify(JSON, "{}"), 422, "invalid", "credential"),
        bad("verifying a number", verify(JSON, r#"{"credential":7}"#), 422, "invalid", "credential"),
        bad(
            "verifying for an address that is none",
            verify(JSON, r#"{"credential":{},"email":"ada"}"#),
            422,
            "invalid",
            "email",
        ),
        bad(
            "verifying a link elsewhere",
            verify(JSON, r#"{"credential":"https://elsewhere.example/badges/x"}"#),
            422,
            "invalid",
            "credential",
        ),
        bad(
            "verifying a link to nothing",
            verify(JSON, json!({"credential": format!("{BASE_URL}/badges/none")}).to_string()),
            422,
            "invalid",
            "credential",
        ),
        bad(
            "verifying an unknown form",
            verify("application/pdf", "%PDF"),
            415,
            "unsupported-media-type",
            "application/pdf",
        ),
        bad(
            "verifying more than 1 MiB",
            verify("application/vc", vec![b' '; 1024 * 1024 + 1]),
            413,
            "too-large",
            "1 MiB",
        ),
    ]
}
