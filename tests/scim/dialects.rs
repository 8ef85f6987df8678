//! PATCH of users as Entra ID and Okta write it.

use super::*;

#[tokio::test]
async fn entra_id_writes_booleans_as_texts_and_operations_with_capitals() {
    let site = Site::open().await;
    let path = format!("{USERS}/{}", created(&site, "Ada Obi").await);
    for (op, value, active) in
        [("Replace", json!("False"), false), ("Add", json!("True"), true), ("replace", json!(false), false)]
    {
        let answer = patch(&site, &path, json!([{"op": op, "path": "active", "value": value}])).await;
        assert_eq!((answer.status, &answer.body["active"]), (200, &json!(active)), "{}", answer.body);
    }
    assert_eq!(
        done(&site, path.rsplit('/').next().unwrap()).await,
        ["person.added", "person.left", "person.returned", "person.left"]
    );
}

#[tokio::test]
async fn okta_sends_values_without_a_path() {
    let site = Site::open().await;
    let id = created(&site, "Ada Obi").await;
    let path = format!("{USERS}/{id}");
    let answer =
        patch(&site, &path, json!([{"op": "replace", "value": {"id": id, "active": false, "password": "s3cret"}}]))
            .await;
    assert_eq!((answer.status, &answer.body["active"], &answer.body["password"]), (200, &json!(false), &Value::Null));
}

#[tokio::test]
async fn values_without_a_path_may_be_named_by_paths() {
    let site = Site::open().await;
    let (boss, id) = (created(&site, "Grace Hopper").await, created(&site, "Ada Obi").await);
    let path = format!("{USERS}/{id}");
    let values = json!({
        "displayName": "Ada Smith", "name.familyName": "Smith", "title": "Engineer", "emails[type eq \"work\"].value": "ada.smith@acme.example",
        format!("{ENTERPRISE}:department"): "Engineering", format!("{ENTERPRISE}:manager"): boss,
    });
    let answer = patch(&site, &path, json!([{"op": "Add", "value": values}])).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["name"], json!({"formatted": "Ada Smith", "givenName": "Ada", "familyName": "Smith"}));
    assert_eq!(answer.body["emails"][0]["value"], "ada.smith@acme.example");
    assert_eq!(answer.body["userName"], "ada.obi@acme.example", "only what was named has changed");
    assert_eq!(answer.body[ENTERPRISE]["manager"]["value"], boss.as_str());
    // The extension as an object of its own, and taken away part by part.
    let answer = patch(&site, &path, json!([{"op": "replace", "value": {ENTERPRISE: {"department": "Design"}}}])).await;
    assert_eq!(answer.body[ENTERPRISE]["department"], "Design");
    assert_eq!(answer.body[ENTERPRISE]["manager"]["value"], boss.as_str());
    let answer = patch(&site, &path, json!([{"op": "Remove", "path": format!("{ENTERPRISE}:manager")}])).await;
    assert_eq!(answer.body[ENTERPRISE], json!({"department": "Design"}));
}

#[tokio::test]
async fn a_manager_comes_as_an_id_an_object_or_a_list_of_one() {
    let site = Site::open().await;
    let (boss, other, id) =
        (created(&site, "Grace Hopper").await, created(&site, "Bao Nguyen").await, created(&site, "Ada Obi").await);
    let (path, at) = (format!("{USERS}/{id}"), format!("{ENTERPRISE}:manager"));
    for (value, expected) in [
        (json!(boss), Some(&boss)),
        (json!({"value": other}), Some(&other)),
        (json!([{"$ref": format!("http://x/Users/{boss}"), "value": boss}]), Some(&boss)),
        (json!(""), None),
        (json!({"value": other, "displayName": "Bao"}), Some(&other)),
        (json!({"value": ""}), None),
    ] {
        let answer = patch(&site, &path, json!([{"op": "Replace", "path": at, "value": value}])).await;
        assert_eq!(answer.status, 200, "{value}: {}", answer.body);
        assert_eq!(answer.body[ENTERPRISE]["manager"]["value"].as_str(), expected.map(String::as_str), "{value}");
    }
    let answer = patch(&site, &path, json!([{"op": "add", "path": format!("{at}.value"), "value": boss}])).await;
    assert_eq!(answer.body[ENTERPRISE]["manager"]["value"], boss.as_str());
}

#[tokio::test]
async fn a_name_and_an_address_follow_what_they_were_made_of() {
    let site = Site::open().await;
    let given = json!({
        "schemas": [USER], "userName": "ada.obi@acme.example", "name": {"givenName": "Ada", "familyName": "Obi"},
    });
    let id = send(&site, "POST", USERS, &given).await.id();
    let path = format!("{USERS}/{id}");
    let answer = patch(
        &site,
        &path,
        json!([
            {"op": "replace", "path": "userName", "value": "Ada.Smith@acme.example"},
            {"op": "replace", "path": "name.familyName", "value": "Smith"},
        ]),
    )
    .await;
    assert_eq!(
        (&answer.body["displayName"], &answer.body["userName"]),
        (&json!("Ada Smith"), &json!("ada.smith@acme.example"))
    );
    assert_eq!(answer.body["emails"][0]["value"], "ada.smith@acme.example");
    // A name of its own stays.
    patch(&site, &path, json!([{"op": "replace", "path": "name.formatted", "value": "Dr. Ada Smith"}])).await;
    let answer =
        patch(&site, &path, json!([{"op": "replace", "path": "name", "value": {"familyName": "Jones"}}])).await;
    assert_eq!(answer.body["name"], json!({"formatted": "Dr. Ada Smith", "givenName": "Ada", "familyName": "Jones"}));
    let answer = patch(&site, &path, json!([{"op": "remove", "path": "name.familyName"}])).await;
    assert_eq!(answer.body["name"], json!({"formatted": "Dr. Ada Smith", "givenName": "Ada"}));
}

#[tokio::test]
async fn an_address_is_added_replaced_and_chosen_by_a_filter() {
    let site = Site::open().await;
    let path = format!("{USERS}/{}", created(&site, "Ada Obi").await);
    let address = |answer: &Answer| answer.body["emails"][0]["value"].as_str().unwrap_or_default().to_owned();
    for (operation, expected) in [
        (
            json!({"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "a@acme.example"}),
            "a@acme.example",
        ),
        (
            json!({"op": "replace", "path": "emails[primary eq true]", "value": {"value": "b@acme.example"}}),
            "b@acme.example",
        ),
        (
            json!({"op": "add", "path": "emails", "value": [{"value": "c@acme.example", "primary": true}]}),
            "c@acme.example",
        ),
        (
            json!({"op": "add", "path": "emails[type eq \"home\"].value", "value": "home@acme.example"}),
            "c@acme.example",
        ),
        (json!({"op": "replace", "path": "emails", "value": [{"value": "d@acme.example"}]}), "d@acme.example"),
        (json!({"op": "replace", "path": "emails.value", "value": "E@acme.example"}), "e@acme.example"),
        // Without one it is the user name again.
        (json!({"op": "remove", "path": "emails[type eq \"work\"]"}), "ada.obi@acme.example"),
    ] {
        let answer = patch(&site, &path, json!([operation])).await;
        assert_eq!((answer.status, address(&answer).as_str()), (200, expected), "{operation}: {}", answer.body);
    }
    let none = patch(
        &site,
        &path,
        json!([{"op": "replace", "path": "emails[type eq \"home\"].value", "value": "x@acme.example"}]),
    )
    .await;
    assert_eq!((none.status, &none.body["scimType"]), (400, &json!("noTarget")));
}
