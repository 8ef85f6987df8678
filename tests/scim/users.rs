//! Someone joins, moves and leaves.

use super::*;
use crate::cast::{ADA, PROFESSIONAL};
use laurel::{
    domain::actor::{Actor, Grant, Role},
    store::{people, roles},
};

#[tokio::test]
async fn someone_joins_and_is_read_as_they_were_sent() {
    let site = Site::open().await;
    let boss = created(&site, "Grace Hopper").await;
    let mut ada = user("Ada Obi");
    ada["schemas"] = json!([USER, ENTERPRISE]);
    ada[ENTERPRISE] = json!({"department": "Engineering", "employeeNumber": "7", "manager": {"value": boss}});
    let answer = send(&site, "POST", USERS, &ada).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let id = answer.id();
    let location = format!("https://badges.acme.example/scim/v2/Users/{id}");
    assert_eq!(answer.header("location"), location);
    assert_eq!(
        answer.body,
        json!({
            "schemas": [USER, ENTERPRISE],
            "id": id,
            "externalId": "00u-Ada",
            "userName": "ada.obi@acme.example",
            "name": {"formatted": "Ada Obi", "givenName": "Ada", "familyName": "Obi"},
            "displayName": "Ada Obi",
            "emails": [{"value": "ada.obi@acme.example", "type": "work", "primary": true}],
            "active": true,
            ENTERPRISE: {
                "department": "Engineering",
                "manager": {"value": boss, "$ref": format!("https://badges.acme.example/scim/v2/Users/{boss}")},
            },
            "meta": {
                "resourceType": "User", "created": "2026-11-24T12:00:00Z", "lastModified": "2026-11-24T12:00:00Z",
                "location": location, "version": answer.header("etag"),
            },
        })
    );
    let read = get(&site, &format!("{USERS}/{id}")).await;
    assert_eq!((read.status, &read.body), (200, &answer.body));
    let mut conn = site.app.db.read().await.unwrap();
    let kept = people::entry(&mut conn, &id).await.unwrap().unwrap();
    assert_eq!(kept.person.manager_id.as_deref(), Some(boss.as_str()));
    assert_eq!(kept.person.function.as_deref(), Some("Engineering"));
    assert!(people::manages(&mut conn, &boss).await.unwrap());
    assert_eq!(done(&site, &id).await, ["person.added"]);
}

#[tokio::test]
async fn whoever_was_given_a_badge_before_the_directory_knew_them_is_found_and_not_made_twice() {
    let site = Site::open().await;
    site.award(ADA, PROFESSIONAL, "public").await;
    let ids = found(&site, USERS, "userName eq \"Ada.Obi@ACME.example\"").await.unwrap();
    assert_eq!(ids.len(), 1);
    let again = send(&site, "POST", USERS, &user("Ada Obi")).await;
    assert_eq!((again.status, &again.body["scimType"]), (409, &json!("uniqueness")));
    let put = send(&site, "PUT", &format!("{USERS}/{}", ids[0]), &user("Ada Obi")).await;
    assert_eq!((put.status, &put.body["externalId"]), (200, &json!("00u-Ada")));
}

#[tokio::test]
async fn a_user_name_that_is_no_address_stands_beside_the_address() {
    let site = Site::open().await;
    let mut ada = user("Ada Obi");
    ada["userName"] = json!("AOBI");
    let id = send(&site, "POST", USERS, &ada).await.id();
    let read = get(&site, &format!("{USERS}/{id}")).await.body;
    assert_eq!((&read["userName"], &read["emails"][0]["value"]), (&json!("aobi"), &json!("ada.obi@acme.example")));
    assert_eq!(found(&site, USERS, "userName eq \"aobi\"").await.unwrap(), [id.as_str()]);
    assert_eq!(found(&site, USERS, "userName eq \"ada.obi@acme.example\"").await.unwrap(), Vec::<String>::new());
    let mut bao = user("Bao Nguyen");
    bao["userName"] = json!("aObi");
    let taken = send(&site, "POST", USERS, &bao).await;
    assert_eq!((taken.status, &taken.body["scimType"]), (409, &json!("uniqueness")));
    // Of several addresses the primary one counts, then the one at work.
    bao["userName"] = json!("bao");
    bao["emails"] = json!([
        {"value": "bao@home.example", "type": "home"}, {"value": "bao@acme.example", "type": "work"},
    ]);
    let id = send(&site, "POST", USERS, &bao).await.id();
    assert_eq!(get(&site, &format!("{USERS}/{id}")).await.body["emails"][0]["value"], "bao@acme.example");
}

#[tokio::test]
async fn a_put_says_all_and_writes_only_what_is_different() {
    let site = Site::open().await;
    let (boss, id) = (created(&site, "Grace Hopper").await, created(&site, "Ada Obi").await);
    let path = format!("{USERS}/{id}");
    let mut ada = user("Ada Obi");
    ada[ENTERPRISE] = json!({"manager": {"value": boss}, "department": "Design"});
    site.at("2026-11-25T12:00:00Z");
    let put = send(&site, "PUT", &path, &ada).await;
    assert_eq!((put.status, &put.body[ENTERPRISE]["department"]), (200, &json!("Design")));
    assert_eq!(put.body["meta"]["lastModified"], "2026-11-25T12:00:00Z");
    let before = site.written().await;
    site.at("2026-11-26T12:00:00Z");
    assert_eq!(send(&site, "PUT", &path, &ada).await.body, put.body, "nothing was different");
    assert_eq!(site.written().await, before);
    // What is left out goes, but for whether they are active.
    patch(&site, &path, json!([{"op": "replace", "path": "active", "value": false}])).await;
    let less = json!({"schemas": [USER], "userName": "ada.obi@acme.example", "displayName": "Ada O."});
    let put = send(&site, "PUT", &path, &less).await.body;
    assert_eq!(
        (&put["active"], &put["displayName"], &put["externalId"]),
        (&json!(false), &json!("Ada O."), &Value::Null)
    );
    assert_eq!((&put[ENTERPRISE], &put["name"]), (&Value::Null, &json!({"formatted": "Ada O."})));
    assert_eq!(done(&site, &id).await, ["person.added", "person.changed", "person.left", "person.changed"]);
    let mut conn = site.app.db.read().await.unwrap();
    let events = laurel::store::events::of_subject(&mut conn, &id).await.unwrap();
    assert_eq!(events[1].detail, json!({"fields": ["function", "manager"], "manager": boss}));
    assert!(events.iter().all(|event| !event.detail.to_string().contains("Ada")), "the record holds no names");
}

#[tokio::test]
async fn who_leaves_keeps_their_badges_and_is_the_same_person_when_they_come_back() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "public").await;
    let id = found(&site, USERS, "userName eq \"ada.obi@acme.example\"").await.unwrap().remove(0);
    let team = send(&site, "POST", GROUPS, &json!({"displayName": "Tools", "members": [{"value": id}]})).await.id();
    let grant = Grant { role: Role::Owner, program: Some("craft".into()) };
    laurel::actions::roles::grant(&site.app, &Actor::Operator, &id, &grant, "").await.unwrap();
    let path = format!("{USERS}/{id}");
    let gone = send(&site, "DELETE", &path, &Value::Null).await;
    assert_eq!((gone.status, gone.body), (204, Value::Null));
    for (method, body) in [("GET", Value::Null), ("PUT", user("Ada Obi")), ("DELETE", Value::Null)] {
        let answer = send(&site, method, &path, &body).await;
        assert_eq!((answer.status, &answer.body["status"]), (404, &json!("404")), "{method}");
    }
    assert_eq!(found(&site, USERS, "userName eq \"ada.obi@acme.example\"").await.unwrap(), Vec::<String>::new());
    assert_eq!(get(&site, &format!("{GROUPS}/{team}")).await.body["members"], json!([]));
    assert!(site.page(&format!("/badges/{}", award.id)).await.contains("Ada Obi"));
    {
        let mut conn = site.app.db.read().await.unwrap();
        assert!(!people::get(&mut conn, &id).await.unwrap().unwrap().active);
        assert_eq!(roles::of_person(&mut conn, &id).await.unwrap(), []);
    }
    let back = send(&site, "POST", USERS, &user("Ada Obi")).await;
    assert_eq!((back.status, back.id()), (201, id.clone()));
    assert_eq!(back.body["active"], true);
    let verbs = done(&site, &id).await;
    assert_eq!(
        verbs[verbs.len() - 5..],
        ["role.granted", "role.revoked", "person.removed", "person.changed", "person.returned"]
    );
}

#[tokio::test]
async fn nobody_manages_themselves_straight_or_through_others() {
    let site = Site::open().await;
    let mut line = Vec::new();
    for name in ["Grace Hopper", "Bao Nguyen", "Ada Obi"] {
        line.push(created(&site, name).await);
    }
    let manage = |who: usize, by: String| {
        let path = format!("{USERS}/{}", line[who]);
        let site = &site;
        async move {
            let at = format!("{ENTERPRISE}:manager");
            patch(site, &path, json!([{"op": "add", "path": at, "value": {"value": by}}])).await
        }
    };
    assert_eq!(manage(1, line[0].clone()).await.status, 200);
    assert_eq!(manage(2, line[1].clone()).await.status, 200);
    let before = site.written().await;
    for (who, by) in [(0, 2), (1, 2), (0, 0)] {
        let refused = manage(who, line[by].clone()).await;
        assert_eq!((refused.status, &refused.body["scimType"]), (400, &json!("invalidValue")), "{who} {by}");
        assert!(refused.body["detail"].as_str().unwrap().starts_with("manager:"), "{}", refused.body);
    }
    assert_eq!(manage(0, "nobody".into()).await.body["scimType"], "invalidValue");
    assert_eq!(site.written().await, before);
}

#[tokio::test]
async fn who_is_away_or_gone_is_signed_out() {
    let site = Site::open().await;
    for (method, body) in [
        ("PATCH", json!({"Operations": [{"op": "Replace", "path": "active", "value": "False"}]})),
        ("DELETE", Value::Null),
    ] {
        let browser = site.signed_in(ADA).await;
        assert_eq!(browser.get("/me").await.status().as_u16(), 200);
        let path = format!("{USERS}/{}", browser.person_id);
        assert!(send(&site, method, &path, &body).await.status < 300);
        assert_eq!(browser.get("/me").await.status().as_u16(), 303, "{method}");
        // Whoever comes back signs in anew.
        let back = json!({"Operations": [{"op": "Replace", "path": "active", "value": "True"}]});
        if method == "PATCH" {
            assert_eq!(send(&site, "PATCH", &path, &back).await.status, 200);
            assert_eq!(browser.get("/me").await.status().as_u16(), 303);
        }
    }
}
