//! Teams, and who belongs to them.

use super::*;
use crate::cast::{ADA, PROFESSIONAL};
use laurel::store::people;

async fn members(site: &Site, path: &str) -> Vec<String> {
    let group = get(site, path).await.body;
    group["members"].as_array().unwrap().iter().map(|member| member["display"].as_str().unwrap().to_owned()).collect()
}

async fn shown_team(site: &Site, id: &str) -> Option<String> {
    people::get(&mut site.app.db.read().await.unwrap(), id).await.unwrap().unwrap().team
}

#[tokio::test]
async fn a_team_is_made_renamed_and_dissolved_and_its_name_is_shown_with_its_people() {
    let site = Site::open().await;
    let ada = created(&site, "Ada Obi").await;
    let tools = json!({"schemas": [GROUP], "displayName": "Tools", "externalId": "g-1", "members": [{"value": ada}]});
    let answer = send(&site, "POST", GROUPS, &tools).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let (id, location) = (answer.id(), answer.header("location").to_owned());
    assert_eq!(location, format!("https://badges.acme.example/scim/v2/Groups/{id}"));
    let reference = format!("https://badges.acme.example/scim/v2/Users/{ada}");
    assert_eq!(
        answer.body,
        json!({
            "schemas": [GROUP], "id": id, "externalId": "g-1", "displayName": "Tools",
            "members": [{"value": ada, "display": "Ada Obi", "type": "User", "$ref": reference}],
            "meta": {
                "resourceType": "Group", "created": "2026-11-24T12:00:00Z", "lastModified": "2026-11-24T12:00:00Z",
                "location": location, "version": answer.header("etag"),
            },
        })
    );
    assert_eq!(shown_team(&site, &ada).await.as_deref(), Some("Tools"));
    let path = format!("{GROUPS}/{id}");
    let put = send(&site, "PUT", &path, &json!({"displayName": "Tooling", "members": [{"value": ada}]})).await;
    assert_eq!((put.status, &put.body["externalId"]), (200, &Value::Null));
    assert_eq!(shown_team(&site, &ada).await.as_deref(), Some("Tooling"));
    let before = site.written().await;
    send(&site, "PUT", &path, &json!({"displayName": "Tooling", "members": [{"value": ada}]})).await;
    assert_eq!(site.written().await, before, "nothing was different");
    assert_eq!(send(&site, "DELETE", &path, &Value::Null).await.status, 204);
    assert_eq!(get(&site, &path).await.status, 404);
    assert_eq!(shown_team(&site, &ada).await, None);
    assert_eq!(done(&site, &id).await, ["team.added", "team.members_changed", "team.changed", "team.removed"]);
}

#[tokio::test]
async fn members_come_and_go_in_every_dialect() {
    let site = Site::open().await;
    let mut ids = Vec::new();
    for name in ["Ada Obi", "Bao Nguyen", "Chiara Rossi", "Dev Patel"] {
        ids.push(created(&site, name).await);
    }
    ids.sort();
    let id = send(&site, "POST", GROUPS, &json!({"displayName": "Tools"})).await.id();
    let path = format!("{GROUPS}/{id}");
    let value = |n: usize| json!({"value": ids[n]});
    for (operation, expected) in [
        // Entra ID adds one by one, and removes by value.
        (json!({"op": "Add", "path": "members", "value": [{"$ref": null, "value": ids[0]}]}), vec![0]),
        (json!({"op": "Add", "path": "members", "value": [value(1), value(0)]}), vec![0, 1]),
        (json!({"op": "Remove", "path": "members", "value": [{"$ref": null, "value": ids[0]}]}), vec![1]),
        // Okta by a filter, and several at once without a path.
        (json!({"op": "add", "path": "members", "value": [value(2), value(3)]}), vec![1, 2, 3]),
        (json!({"op": "remove", "path": format!("members[value eq \"{}\"]", ids[2])}), vec![1, 3]),
        (json!({"op": "remove", "path": format!("members[value eq \"{}\"]", ids[0])}), vec![1, 3]),
        (json!({"op": "replace", "value": {"id": id, "displayName": "Tools 2"}}), vec![1, 3]),
        (json!({"op": "add", "value": {"members": [value(0)]}}), vec![0, 1, 3]),
        (json!({"op": "replace", "path": "members", "value": [value(2)]}), vec![2]),
        (json!({"op": "add", "path": "members", "value": ids[3]}), vec![2, 3]),
        (json!({"op": "remove", "path": "members"}), vec![]),
    ] {
        let answer = patch(&site, &path, json!([operation])).await;
        assert_eq!(answer.status, 204, "{operation}: {}", answer.body);
        let group = get(&site, &path).await;
        assert_eq!(group.header("etag"), answer.header("etag"), "{operation}");
        let found: Vec<&str> =
            group.body["members"].as_array().unwrap().iter().map(|member| member["value"].as_str().unwrap()).collect();
        assert_eq!(found, expected.iter().map(|n| ids[*n].as_str()).collect::<Vec<_>>(), "{operation}");
    }
    assert_eq!(get(&site, &path).await.body["displayName"], "Tools 2");
}

#[tokio::test]
async fn a_team_is_not_found_with_its_members_where_they_are_left_out() {
    let site = Site::open().await;
    let ada = created(&site, "Ada Obi").await;
    for name in ["Apps", "Tools"] {
        send(&site, "POST", GROUPS, &json!({"displayName": name, "members": [{"value": ada}]})).await;
    }
    let list = get(&site, &format!("{GROUPS}?excludedAttributes=members&filter=displayName+eq+%22apps%22")).await.body;
    assert_eq!((&list["totalResults"], &list["Resources"][0]["displayName"]), (&json!(1), &json!("Apps")));
    assert_eq!(list["Resources"][0]["members"], Value::Null);
    let list = get(&site, GROUPS).await.body;
    for group in list["Resources"].as_array().unwrap() {
        assert_eq!(group["members"][0]["value"], ada.as_str(), "{group}");
    }
}

#[tokio::test]
async fn what_a_team_can_not_be_is_refused_and_writes_nothing() {
    let site = Site::open().await;
    let ada = created(&site, "Ada Obi").await;
    send(&site, "POST", GROUPS, &json!({"displayName": "Tools", "externalId": "g-1"})).await;
    let id = send(&site, "POST", GROUPS, &json!({"displayName": "Apps", "members": [{"value": ada}]})).await.id();
    let path = format!("{GROUPS}/{id}");
    let before = site.written().await;
    for (body, status, kind) in [
        (json!({"displayName": "Tools"}), 409, "uniqueness"),
        (json!({"displayName": "Other", "externalId": "g-1"}), 409, "uniqueness"),
        (json!({"displayName": " "}), 400, "invalidValue"),
        (json!({}), 400, "invalidValue"),
        (json!({"displayName": "Other", "members": [{"value": "nobody"}]}), 400, "invalidValue"),
        (json!({"displayName": "Other", "members": [{}]}), 400, "invalidValue"),
        (json!({"displayName": "Other", "members": [{"value": id, "type": "Group"}]}), 400, "invalidValue"),
        (json!({"schemas": [USER], "displayName": "Other"}), 400, "invalidSyntax"),
    ] {
        for (method, at) in [("POST", GROUPS), ("PUT", path.as_str())] {
            let answer = send(&site, method, at, &body).await;
            assert_eq!((answer.status, answer.body["scimType"].as_str()), (status, Some(kind)), "{method} {body}");
        }
    }
    for (operation, kind) in [
        (json!({"op": "replace", "path": "id", "value": "x"}), "mutability"),
        (json!({"op": "replace", "path": "colour", "value": "x"}), "invalidPath"),
        (json!({"op": "remove", "path": "displayName"}), "invalidValue"),
        (json!({"op": "add", "path": "members", "value": [{"value": "nobody"}]}), "invalidValue"),
        (json!({"op": "replace", "path": "members[value eq \"x\"]", "value": []}), "invalidPath"),
    ] {
        let answer = patch(&site, &path, json!([operation])).await;
        assert_eq!((answer.status, answer.body["scimType"].as_str()), (400, Some(kind)), "{operation}");
    }
    assert_eq!(site.written().await, before);
    assert_eq!(members(&site, &path).await, ["Ada Obi"]);
}

#[tokio::test]
async fn the_team_that_an_award_named_gives_way_to_one_they_belong_to() {
    let site = Site::open().await;
    site.award(ADA, PROFESSIONAL, "public").await;
    let ada = found(&site, USERS, "userName eq \"ada.obi@acme.example\"").await.unwrap().remove(0);
    assert_eq!(shown_team(&site, &ada).await.as_deref(), Some("Platform"));
    send(&site, "POST", GROUPS, &json!({"displayName": "Tools", "members": [{"value": ada}]})).await;
    assert_eq!(shown_team(&site, &ada).await.as_deref(), Some("Tools"));
}
