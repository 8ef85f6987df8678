//! Lists: what is found, in which parts, and with which attributes.

use super::*;

#[tokio::test]
async fn users_are_found_by_what_directories_ask() {
    let site = Site::open().await;
    let (ada, bao) = (created(&site, "Ada Obi").await, created(&site, "Bao Nguyen").await);
    let path = format!("{USERS}/{bao}");
    patch(&site, &path, json!([{"op": "add", "path": format!("{ENTERPRISE}:manager"), "value": ada}, {"op": "replace", "path": "active", "value": false}])).await;
    let both = {
        let mut both = vec![ada.clone(), bao.clone()];
        both.sort();
        both
    };
    let (ada, bao) = (vec![ada], vec![bao]);
    for (filter, expected) in [
        ("userName eq \"ada.obi@acme.example\"".to_owned(), &ada),
        ("USERNAME EQ \"ADA.OBI@acme.example\"".into(), &ada),
        (format!("{USER}:userName eq \"ada.obi@acme.example\""), &ada),
        ("externalId eq \"00u-Bao\"".into(), &bao),
        ("externalId eq \"00u-bao\"".into(), &vec![]),
        ("emails.value eq \"Bao.Nguyen@acme.example\"".into(), &bao),
        ("emails[type eq \"work\" and value eq \"bao.nguyen@acme.example\"]".into(), &bao),
        ("emails[type eq \"home\"]".into(), &vec![]),
        ("emails[primary eq true and value sw \"ada\"]".into(), &ada),
        ("displayName eq \"ada obi\"".into(), &ada),
        ("displayName co \"ng\"".into(), &bao),
        ("displayName co \"%\"".into(), &vec![]),
        ("displayName co \"_\"".into(), &vec![]),
        ("userName ew \"@acme.example\"".into(), &both),
        ("name.familyName eq \"Obi\" or name.givenName eq \"Bao\"".into(), &both),
        ("name.familyName eq \"Obi\" and name.givenName eq \"Bao\"".into(), &vec![]),
        ("not (userName sw \"ada\")".into(), &bao),
        ("active eq false".into(), &bao),
        ("active eq \"True\"".into(), &ada),
        ("active ne true and userName pr".into(), &bao),
        (format!("{ENTERPRISE}:manager pr"), &bao),
        (format!("{ENTERPRISE}:manager.value eq \"{}\"", ada[0]), &bao),
        (format!("{ENTERPRISE}:manager ne \"{}\"", ada[0]), &ada),
        ("not (manager pr)".into(), &ada),
        ("manager eq null".into(), &ada),
        ("not (manager eq \"x\")".into(), &both),
        (format!("id eq \"{}\"", bao[0]), &bao),
        ("meta.lastModified ge \"2026-11-24T12:00:00Z\"".into(), &both),
        ("meta.created gt \"2026-11-24T12:00:00Z\"".into(), &vec![]),
        ("userName eq \"' OR 1=1 --\"".into(), &vec![]),
    ] {
        assert_eq!(found(&site, USERS, &filter).await.as_ref(), Ok(expected), "{filter}");
    }
}

#[tokio::test]
async fn groups_are_found_by_name_and_by_member() {
    let site = Site::open().await;
    let (ada, bao) = (created(&site, "Ada Obi").await, created(&site, "Bao Nguyen").await);
    let group = async |name: &str, members: Value| {
        send(
            &site,
            "POST",
            GROUPS,
            &json!({"displayName": name, "externalId": format!("g-{name}"), "members": members}),
        )
        .await
        .id()
    };
    let apps = group("Apps", json!([{"value": ada}])).await;
    let tools = group("Tools", json!([])).await;
    for (filter, expected) in [
        ("displayName eq \"apps\"".to_owned(), vec![apps.clone()]),
        ("externalId eq \"g-Tools\"".into(), vec![tools.clone()]),
        (format!("id eq \"{apps}\" and members eq \"{ada}\""), vec![apps.clone()]),
        (format!("id eq \"{apps}\" and members[value eq \"{bao}\"]"), vec![]),
        (format!("members.value ne \"{ada}\""), vec![tools.clone()]),
        ("members pr".into(), vec![apps.clone()]),
        ("not (members pr)".into(), vec![tools]),
    ] {
        assert_eq!(found(&site, GROUPS, &filter).await, Ok(expected), "{filter}");
    }
    assert_eq!(found(&site, GROUPS, "members co \"a\"").await, Err("invalidFilter".into()));
}

#[tokio::test]
async fn a_filter_that_can_not_be_followed_is_refused_and_never_passed_over() {
    let site = Site::open().await;
    created(&site, "Ada Obi").await;
    for filter in [
        "",
        "userName",
        "userName is \"a\"",
        "title eq \"a\"",
        "userName eq",
        "active gt true",
        "members eq \"a\"",
        "(userName pr",
    ] {
        assert_eq!(found(&site, USERS, filter).await, Err("invalidFilter".into()), "{filter}");
    }
    for filter in ["userName eq \"a\"", "emails pr"] {
        assert_eq!(found(&site, GROUPS, filter).await, Err("invalidFilter".into()), "{filter}");
    }
}

#[tokio::test]
async fn a_list_comes_in_bounded_parts_in_one_order() {
    let site = Site::open().await;
    for n in 0..7 {
        created(&site, &format!("P{n} Q")).await;
    }
    let part = async |query: &str| {
        let body = get(&site, &format!("{USERS}?{query}")).await.body;
        let ids = body["Resources"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().to_owned());
        (
            body["totalResults"].as_i64().unwrap(),
            body["startIndex"].as_i64().unwrap(),
            body["itemsPerPage"].as_i64().unwrap(),
            ids.collect::<Vec<_>>(),
        )
    };
    let all = part("").await;
    assert_eq!((all.0, all.1, all.2), (7, 1, 7));
    let (first, second, last) =
        (part("count=3").await, part("startIndex=4&count=3").await, part("startIndex=7&count=3").await);
    assert_eq!((second.0, second.1, second.2), (7, 4, 3));
    assert_eq!([first.3, second.3, last.3].concat(), all.3);
    assert_eq!(part("count=0").await, (7, 1, 0, vec![]));
    assert_eq!(part("startIndex=-5&count=1000000").await, all);
    assert_eq!(part("startIndex=8").await, (7, 8, 0, vec![]));
    assert_eq!(part("startIndex=99999999999999").await.3, Vec::<String>::new());
    assert_eq!(get(&site, &format!("{USERS}?count=many")).await.body["scimType"], "invalidValue");
}

#[tokio::test]
async fn only_the_attributes_that_are_asked_for_are_shown() {
    let site = Site::open().await;
    let id = created(&site, "Ada Obi").await;
    let names = async |query: &str| {
        let user = get(&site, &format!("{USERS}/{id}?{query}")).await.body;
        let mut names: Vec<String> = user.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names("attributes=userName,name.givenName").await, ["id", "name", "schemas", "userName"]);
    assert_eq!(names(&format!("attributes={USER}:active,{ENTERPRISE}:manager")).await, ["active", "id", "schemas"]);
    assert_eq!(
        names("excludedAttributes=emails,meta,name.givenName,id").await,
        ["active", "displayName", "externalId", "id", "name", "schemas", "userName"]
    );
}
