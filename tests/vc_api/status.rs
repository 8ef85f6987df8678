//! Credentials that can be revoked, and their revocation.

use super::*;
use laurel::actions::audit::audit;

fn change(id: &str, status: Value) -> Value {
    json!({"credentialId": id, "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}, "status": status})
}

#[tokio::test]
async fn a_revocable_credential_gets_a_place_and_its_revocation_shows_at_once() {
    let site = site().await;
    let id = "urn:uuid:0b0a6a4e-8f5a-4d3b-9a55-aa6b1e0b8f11";
    let options = json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}});
    let signed = issued(&site, &with(json!({"id": id})), options).await;
    let entry = &signed["credentialStatus"];
    assert_eq!((&entry["type"], &entry["statusPurpose"]), (&json!("BitstringStatusListEntry"), &json!("revocation")));
    let list = entry["statusListCredential"].as_str().unwrap().strip_prefix("https://badges.acme.example").unwrap();
    let list: Value = site.get(list).await.json().await.unwrap();
    assert_eq!(list["issuer"], signed["issuer"]);
    assert_eq!(verify(&site, &signed, json!({})).await.0, StatusCode::OK);

    for (may, expected) in [(None, StatusCode::UNAUTHORIZED), (Some("issue"), StatusCode::FORBIDDEN)] {
        assert_eq!(send(&site, may, "/credentials/status", &change(id, json!(true))).await.0, expected);
    }
    let told = async |body: &Value| send(&site, Some("revoke"), "/credentials/status", body).await.0;
    assert_eq!(told(&change(id, json!(false))).await, StatusCode::OK, "it stands already");
    assert_eq!(told(&change(id, json!(true))).await, StatusCode::OK);
    let (status, answer) = verify(&site, &signed, json!({})).await;
    assert_eq!((status, &answer["verified"]), (StatusCode::BAD_REQUEST, &json!(false)));
    assert_eq!(answer["type"], "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR");
    assert_eq!(verify(&site, &signed, json!({"checks": ["proof"]})).await.0, StatusCode::OK, "its proof holds");
    let both = verify(&site, &signed, json!({"checks": ["proof", "credentialStatus"]})).await;
    assert_eq!(both.0, StatusCode::BAD_REQUEST);

    assert_eq!(told(&change(id, json!(true))).await, StatusCode::OK, "as it is already");
    assert_eq!(told(&change(id, json!(false))).await, StatusCode::CONFLICT, "a revocation is final");
    let found = audit(&site.app, &Actor::Operator, |_| {}).await.unwrap();
    assert_eq!((found.faults, &found.told), (0, &Vec::new()));
}

#[tokio::test]
async fn every_credential_of_one_id_is_revoked_and_none_of_another() {
    let site = site().await;
    let (id, other) = ("urn:uuid:1", "urn:uuid:2");
    let purpose = json!({"statusPurpose": "revocation"});
    let first = issued(&site, &with(json!({"id": id})), purpose.clone()).await;
    let again = issued(&site, &with(json!({"id": id})), purpose.clone()).await;
    let lasting = issued(&site, &with(json!({"id": id})), json!({})).await;
    let another_revocable = issued(&site, &with(json!({"id": other})), purpose).await;
    assert_ne!(first["credentialStatus"]["statusListIndex"], again["credentialStatus"]["statusListIndex"]);
    let (status, _) = send(&site, Some("revoke"), "/credentials/status", &change(id, Value::Null)).await;
    assert_eq!(status, StatusCode::OK, "without `status` it is revoked too");
    assert_eq!(verify(&site, &first, json!({})).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(verify(&site, &again, json!({})).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(verify(&site, &another_revocable, json!({})).await.0, StatusCode::OK);
    assert_eq!(verify(&site, &lasting, json!({})).await.0, StatusCode::OK, "one without a place can't be revoked");
}

#[tokio::test]
async fn a_status_that_can_not_be_changed_is_refused() {
    let site = site().await;
    let lasting = "urn:uuid:lasting";
    issued(&site, &with(json!({"id": lasting})), json!({})).await;
    for (body, expected) in [
        (change("urn:uuid:unknown", json!(true)), StatusCode::NOT_FOUND),
        (change(lasting, json!(true)), StatusCode::NOT_FOUND),
        (change(lasting, json!("yes")), StatusCode::BAD_REQUEST),
        (json!({"credentialId": lasting}), StatusCode::BAD_REQUEST),
        (
            json!({"credentialId": lasting, "credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}}),
            StatusCode::BAD_REQUEST,
        ),
        (
            json!({"credentialId": lasting, "credentialStatus": {"type": "StatusList2021Entry", "statusPurpose": "revocation"}}),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        assert_eq!(send(&site, Some("revoke"), "/credentials/status", &body).await.0, expected, "{body}");
    }
}
