//! What a client learns of the service, and how answers are kept apart.

use super::*;

#[tokio::test]
async fn the_service_says_what_it_can_and_which_resources_it_has() {
    let site = Site::open().await;
    let config = get(&site, "/scim/v2/ServiceProviderConfig").await.body;
    let can = |what: &str| config[what]["supported"].as_bool().unwrap();
    assert!(can("patch") && can("filter") && can("etag") && !can("bulk") && !can("sort") && !can("changePassword"));
    assert_eq!(config["filter"]["maxResults"], 200);
    let types = get(&site, "/scim/v2/ResourceTypes").await.body;
    assert_eq!(types["totalResults"], 2);
    for kind in types["Resources"].as_array().unwrap() {
        let id = kind["id"].as_str().unwrap();
        assert_eq!(get(&site, &format!("/scim/v2/ResourceTypes/{id}")).await.body, *kind);
        assert_eq!(get(&site, &format!("/scim/v2{}", kind["endpoint"].as_str().unwrap())).await.status, 200);
        assert_eq!(get(&site, &format!("/scim/v2/Schemas/{}", kind["schema"].as_str().unwrap())).await.status, 200);
    }
    let schemas = get(&site, "/scim/v2/Schemas").await.body;
    assert_eq!(schemas["totalResults"], 3);
    assert_eq!(get(&site, "/scim/v2/Schemas?filter=id+eq+%22x%22").await.status, 403);
    for nothing in
        ["/scim/v2/Schemas/x", "/scim/v2/ResourceTypes/x", "/scim/v2/Me", "/scim/v2/Users/x", "/scim/v2/Groups/x"]
    {
        let answer = get(&site, nothing).await;
        assert_eq!((answer.status, &answer.body["status"]), (404, &json!("404")), "{nothing}");
    }
}

/// Every attribute a user or group is shown with is described, and nothing is described that they never have.
#[tokio::test]
async fn the_schemas_describe_what_is_shown() {
    let site = Site::open().await;
    let boss = created(&site, "Grace Hopper").await;
    let mut ada = user("Ada Obi");
    ada[ENTERPRISE] = json!({"department": "Design", "manager": {"value": boss}});
    let ada = send(&site, "POST", USERS, &ada).await.body;
    let group = json!({"displayName": "Tools", "externalId": "g", "members": [{"value": boss}]});
    let group = send(&site, "POST", GROUPS, &group).await.body;
    let common = ["schemas", "id", "meta", ENTERPRISE];
    for (schema, resource) in [(USER, &ada), (ENTERPRISE, &ada[ENTERPRISE]), (GROUP, &group)] {
        let described = get(&site, &format!("/scim/v2/Schemas/{schema}")).await.body;
        same_names(described["attributes"].as_array().unwrap(), resource, &common);
    }
}

fn same_names(described: &[Value], shown: &Value, besides: &[&str]) {
    let mut names: Vec<&str> = described.iter().map(|attribute| attribute["name"].as_str().unwrap()).collect();
    let mut found: Vec<&str> = shown.as_object().unwrap().keys().map(String::as_str).collect();
    found.retain(|name| !besides.contains(name));
    names.sort();
    found.sort();
    assert_eq!(names, found);
    for attribute in described {
        if let Some(parts) = attribute["subAttributes"].as_array() {
            let value = &shown[attribute["name"].as_str().unwrap()];
            let several = attribute["multiValued"].as_bool().unwrap();
            same_names(parts, if several { &value[0] } else { value }, &[]);
        }
    }
}

#[tokio::test]
async fn a_version_changes_with_its_resource_and_guards_it() {
    let site = Site::open().await;
    let id = created(&site, "Ada Obi").await;
    let path = format!("{USERS}/{id}");
    let read = get(&site, &path).await;
    let version = read.header("etag").to_owned();
    assert_eq!(read.body["meta"]["version"], version.as_str());
    assert!(version.starts_with("W/\""), "{version}");
    let again = send_with(&site, "GET", &path, &Value::Null, &[("if-none-match", &version)]).await;
    assert_eq!((again.status, again.body), (304, Value::Null));
    let body = json!({"Operations": [{"op": "replace", "path": "displayName", "value": "Ada O."}]});
    let changed = send_with(&site, "PATCH", &path, &body, &[("if-match", &version)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), version);
    let before = site.written().await;
    for (method, body) in [("PATCH", &body), ("PUT", &user("Ada Obi")), ("DELETE", &Value::Null)] {
        let stale = send_with(&site, method, &path, body, &[("if-match", &version)]).await;
        assert_eq!((stale.status, &stale.body["status"]), (412, &json!("412")), "{method}");
    }
    assert_eq!(site.written().await, before);
    let current = changed.header("etag");
    assert_eq!(send_with(&site, "DELETE", &path, &Value::Null, &[("if-match", current)]).await.status, 204);
    let group = send(&site, "POST", GROUPS, &json!({"displayName": "Tools"})).await;
    let at = format!("{GROUPS}/{}", group.id());
    let body = json!({"Operations": [{"op": "replace", "path": "displayName", "value": "Apps"}]});
    assert_eq!(send_with(&site, "PATCH", &at, &body, &[("if-match", "W/\"other\"")]).await.status, 412);
    assert_eq!(send_with(&site, "PATCH", &at, &body, &[("if-match", group.header("etag"))]).await.status, 204);
}

#[tokio::test]
async fn answers_are_kept_by_nobody_and_only_the_token_for_it_opens_them() {
    let site = Site::open().await;
    assert_eq!(get(&site, USERS).await.header("cache-control"), "private, no-store");
    for (may, status) in [(None, 401), (Some("read"), 403), (Some("issue"), 403)] {
        let mut request = site.request(Method::GET, USERS);
        if let Some(may) = may {
            request = request.bearer_auth(token(may));
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["content-type"], "application/scim+json");
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["status"], status.to_string());
    }
}
