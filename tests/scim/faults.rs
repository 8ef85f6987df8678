//! What is refused, each with its scimType, and nothing of it is written.

use super::*;

#[tokio::test]
async fn a_user_that_can_not_be_is_refused_with_its_kind_and_attribute() {
    let site = Site::open().await;
    created(&site, "Ada Obi").await;
    let id = created(&site, "Bao Nguyen").await;
    let path = format!("{USERS}/{id}");
    let before = site.written().await;
    let with = |name: &str, value: Value| {
        let mut user = user("Bao Nguyen");
        user[name] = value;
        user
    };
    let mut taken_address = with("userName", json!("bao"));
    taken_address["emails"] = json!([{"value": "ada.obi@acme.example"}]);
    for (body, status, kind, named) in [
        (with("userName", json!("ADA.obi@acme.example")), 409, "uniqueness", "ada.obi@acme.example"),
        (taken_address, 409, "uniqueness", "ada.obi@acme.example"),
        (with("externalId", json!("00u-Ada")), 409, "uniqueness", "00u-Ada"),
        (with("userName", json!("")), 400, "invalidValue", "userName"),
        (with("userName", json!({})), 400, "invalidValue", "userName"),
        (with("userName", json!("x".repeat(300))), 400, "invalidValue", "userName"),
        (with("emails", json!([{"value": "no address"}])), 400, "invalidValue", "emails"),
        (with("emails", json!(["a@acme.example"])), 400, "invalidValue", "emails"),
        (with("displayName", json!("x".repeat(201))), 400, "invalidValue", "displayName"),
        (with("displayName", json!("a\u{7}b")), 400, "invalidValue", "displayName"),
        (with("name", json!("Bao")), 400, "invalidValue", "name"),
        (with("active", json!("perhaps")), 400, "invalidValue", "active"),
        (with(ENTERPRISE, json!({"manager": {"value": "nobody"}})), 400, "invalidValue", "manager"),
        (with(ENTERPRISE, json!({"department": "x".repeat(101)})), 400, "invalidValue", "department"),
        (with("schemas", json!([GROUP])), 400, "invalidSyntax", "schemas"),
    ] {
        let answer = send(&site, "PUT", &path, &body).await;
        assert_eq!((answer.status, answer.body["scimType"].as_str()), (status, Some(kind)), "{body}: {}", answer.body);
        assert!(answer.body["detail"].as_str().unwrap().contains(named), "{named}: {}", answer.body);
        assert_eq!(answer.body["schemas"], json!(["urn:ietf:params:scim:api:messages:2.0:Error"]));
    }
    let nobody = json!({"userName": "nobody"});
    assert_eq!(send(&site, "POST", USERS, &nobody).await.body["scimType"], "invalidValue");
    assert_eq!(send(&site, "POST", USERS, &user("Ada Obi")).await.status, 409);
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn a_patch_is_done_whole_or_not_at_all() {
    let site = Site::open().await;
    let path = format!("{USERS}/{}", created(&site, "Ada Obi").await);
    let (before, was) = (site.written().await, get(&site, &path).await.body);
    let good = json!({"op": "replace", "path": "displayName", "value": "Other"});
    for (operation, kind) in [
        (json!({"op": "remove"}), "noTarget"),
        (json!({"op": "move", "path": "active", "value": true}), "invalidSyntax"),
        (json!({"path": "active", "value": true}), "invalidSyntax"),
        (json!("replace"), "invalidSyntax"),
        (json!({"op": "replace", "path": "active"}), "invalidValue"),
        (json!({"op": "replace", "path": "active", "value": "perhaps"}), "invalidValue"),
        (json!({"op": "replace", "value": "False"}), "invalidValue"),
        (json!({"op": "replace", "path": "colour", "value": "red"}), "invalidPath"),
        (json!({"op": "replace", "path": "urn:example:User:colour", "value": "red"}), "invalidPath"),
        (json!({"op": "replace", "path": "emails[type eq \"work\"", "value": "a@acme.example"}), "invalidPath"),
        (
            json!({"op": "replace", "path": "emails[type is \"work\"].value", "value": "a@acme.example"}),
            "invalidFilter",
        ),
        (json!({"op": "replace", "path": "emails[type eq \"fax\"].value", "value": "a@acme.example"}), "noTarget"),
        (json!({"op": "replace", "path": "active[value eq \"x\"]", "value": true}), "invalidPath"),
        (json!({"op": "replace", "path": "userName.part", "value": "x"}), "invalidPath"),
        (json!({"op": "replace", "path": "id", "value": "x"}), "mutability"),
        (json!({"op": "add", "path": "meta.created", "value": "x"}), "mutability"),
        (json!({"op": "remove", "path": "userName"}), "invalidValue"),
        (json!({"op": "replace", "path": ENTERPRISE, "value": "x"}), "invalidValue"),
    ] {
        let answer = patch(&site, &path, json!([good, operation])).await;
        assert_eq!(
            (answer.status, answer.body["scimType"].as_str()),
            (400, Some(kind)),
            "{operation}: {}",
            answer.body
        );
    }
    for document in [
        json!({}),
        json!({"Operations": []}),
        json!({"Operations": {}}),
        json!([]),
        json!({"schemas": [USER], "Operations": [good]}),
    ] {
        let answer = send(&site, "PATCH", &path, &document).await;
        assert_eq!((answer.status, answer.body["scimType"].as_str()), (400, Some("invalidSyntax")), "{document}");
    }
    assert_eq!((site.written().await, get(&site, &path).await.body), (before, was));
}

#[tokio::test]
async fn a_body_that_is_not_scim_is_refused() {
    let site = Site::open().await;
    for (media_type, body, status, kind) in [
        ("text/plain", "{}", 415, None),
        ("application/scim+json", "{", 400, Some("invalidSyntax")),
        ("application/scim+json", "", 400, Some("invalidSyntax")),
        (
            "application/json",
            "{\"userName\": \"a@acme.example\", \"userName\": \"b@acme.example\"}",
            400,
            Some("invalidSyntax"),
        ),
    ] {
        let request = site.request(Method::POST, USERS).bearer_auth(token("provision"));
        let response = request.header("content-type", media_type).body(body).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{body}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["scimType"].as_str(), kind, "{answer}");
    }
    let answer = send(&site, "DELETE", USERS, &Value::Null).await;
    assert_eq!((answer.status, answer.header("allow").contains("GET")), (405, true));
}
