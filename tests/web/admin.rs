//! An administrator's pages: everyone, roles given and taken with a reason, sessions ended.

use super::header;
use crate::cast::{ADA, BAO, CHIARA, Cast, DEV, Site};
use laurel::{
    actions::{ActionError, people as directory, roles as giving, sessions},
    domain::{
        actor::{Actor, Grant, Role},
        directory::{Entry, NewPerson},
        recipient::Person,
    },
    store::{events, people, roles},
};
use reqwest::StatusCode;

const EMILE: Cast = Cast { name: "Émile Beaulieu", email: "emile.beaulieu@acme.example", team: None, named: false };

#[tokio::test]
async fn an_administrator_gives_and_takes_roles_and_the_record_says_why() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    let (ada, bao) = (site.signed_in(ADA).await, site.person(BAO).await);
    let path = format!("/admin/people/{bao}");
    let (give, take) = (format!("{path}/roles"), format!("{path}/roles/revoke"));
    let done = ada.send(&give, &[("role", "assessor"), ("program", "craft"), ("reason", "knows the craft")]).await;
    assert_eq!((done.status(), header(&done, "location")), (StatusCode::SEE_OTHER, path.as_str()));
    assert_eq!(roles_of(&site, &bao).await, ["assessor:craft"]);
    let page = ada.page(&path).await;
    assert!(page.contains("<strong>Assessor</strong> <span class=\"aside\">Software Craft</span>"), "{page}");
    assert!(page.contains("Since 24 November 2026, given by Ada Obi"), "{page}");
    for (fields, words) in [
        (vec![("role", "assessor"), ("program", "craft"), ("reason", "again")], "They hold that role already"),
        (vec![("role", "auditor"), ("program", "craft"), ("reason", "reads")], "for the whole service"),
        (vec![("role", "mentor"), ("program", "none"), ("reason", "helps")], "That program is not there"),
        (vec![("role", "king"), ("reason", "rules")], "Choose a role"),
        (vec![("role", "mentor"), ("reason", " ")], "Say why"),
        (vec![("role", "mentor"), ("reason", &"x".repeat(501))], "Say why"),
    ] {
        let refused = ada.send(&give, &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(words), "{words}");
        let typed = fields.last().unwrap().1;
        assert!(page.contains(&format!("value=\"{typed}\"")), "what was typed is still there: {typed}");
    }
    assert_eq!(roles_of(&site, &bao).await, ["assessor:craft"]);
    let held = [("role", "assessor"), ("program", "craft")];
    let not_why = ada.send(&take, &held).await;
    assert_eq!(not_why.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let why = [held[0], held[1], ("reason", "moved on")];
    assert_eq!(ada.send(&take, &why).await.status(), StatusCode::SEE_OTHER);
    assert!(roles_of(&site, &bao).await.is_empty());
    let again = ada.send(&take, &why).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().await.unwrap().contains("do not hold that role any more"));
    let said = said_of(&site, &bao).await;
    let by = format!("person:{}", ada.person_id);
    for (verb, why) in [("role.granted", "knows the craft"), ("role.revoked", "moved on")] {
        assert!(said.contains(&(verb.into(), why.into(), by.clone())), "{said:?}");
    }
    let page = ada.page(&path).await;
    assert!(page.contains("Given: Assessor, Software Craft: knows the craft"), "{page}");
    assert!(page.contains("Taken: Assessor, Software Craft: moved on"), "{page}");
}

#[tokio::test]
async fn an_administrator_is_always_left() {
    let site = Site::open().await;
    for who in [ADA, BAO] {
        site.grant(who, Role::Administrator, None).await;
    }
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let (member_of_ada, member_of_bao) = (actor(&site, &ada.secret).await, actor(&site, &bao.secret).await);
    let take = |id: &str| format!("/admin/people/{id}/roles/revoke");
    let fields = [("role", "administrator"), ("reason", "enough")];
    let refused = ada.send(&take(&ada.person_id), &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("another administrator can"));
    // Each takes it from the other, and both were let in before either was done.
    let grant = Grant { role: Role::Administrator, program: None };
    giving::revoke(&site.app, &member_of_ada, &bao.person_id, &grant, "first").await.unwrap();
    let late = giving::revoke(&site.app, &member_of_bao, &ada.person_id, &grant, "second").await;
    assert!(matches!(late, Err(ActionError::Forbidden { .. })), "{late:?}");
    assert_eq!(roles_of(&site, &ada.person_id).await, ["administrator:"]);
    assert_eq!(ada.get("/admin").await.status(), StatusCode::OK);
    assert_eq!(bao.get("/admin").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_administrator_sees_where_someone_is_signed_in_and_ends_it_there() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    let ada = site.signed_in(ADA).await;
    let (phone, desk, third) = (site.signed_in(BAO).await, site.signed_in(BAO).await, site.signed_in(BAO).await);
    let path = format!("/admin/people/{}", phone.person_id);
    let end = format!("{path}/end-sessions");
    let page = ada.page(&path).await;
    assert!(page.contains("Firefox on Linux") && page.contains("Signed in at the company"), "{page}");
    for id in [&phone.session_id, &desk.session_id, &third.session_id] {
        assert!(page.contains(id.as_str()));
    }
    let refused = ada.send(&end, &[("session", &phone.session_id), ("reason", "")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("Say why"));
    assert_eq!(phone.get("/me").await.status(), StatusCode::OK);
    // A session of someone else is none of theirs.
    let other = ada.send(&end, &[("session", &ada.session_id), ("reason", "mixed up")]).await;
    assert_eq!(other.status(), StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/me").await.status(), StatusCode::OK);
    let one = ada.send(&end, &[("session", &phone.session_id), ("reason", "lost phone")]).await;
    assert_eq!((one.status(), header(&one, "location")), (StatusCode::SEE_OTHER, path.as_str()));
    assert_eq!(phone.get("/me").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(desk.get("/me").await.status(), StatusCode::OK);
    assert_eq!(ada.send(&end, &[("reason", "lost laptop")]).await.status(), StatusCode::SEE_OTHER);
    for browser in [&desk, &third] {
        assert_eq!(browser.get("/me").await.status(), StatusCode::SEE_OTHER);
    }
    let said = said_of(&site, &phone.person_id).await;
    let by = format!("person:{}", ada.person_id);
    for (verb, why) in [("session.ended", "lost phone"), ("session.all_ended", "lost laptop")] {
        assert!(said.contains(&(verb.into(), why.into(), by.clone())), "{said:?}");
    }
    let page = ada.page(&path).await;
    assert!(page.contains("Nowhere at the moment"), "{page}");
    assert!(page.contains("24 November 2026, 13:00"), "when they last signed in is in the record: {page}");
}

#[tokio::test]
async fn everyone_is_found_by_a_part_of_name_or_address_or_by_a_role() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    site.grant(BAO, Role::Mentor, Some("craft")).await;
    for who in [CHIARA, EMILE] {
        site.person(who).await;
    }
    let ada = site.signed_in(ADA).await;
    for (asked, found) in [
        ("", vec!["Ada Obi", "Bao Nguyen", "Chiara Rossi", "Émile Beaulieu"]),
        ("?q=NGUYEN", vec!["Bao Nguyen"]),
        ("?q=rossi%40acme", vec!["Chiara Rossi"]),
        ("?q=%C3%89MILE", vec!["Émile Beaulieu"]),
        ("?q=%C3%A9mile+b", vec!["Émile Beaulieu"]),
        ("?q=++obi++", vec!["Ada Obi"]),
        ("?role=mentor", vec!["Bao Nguyen"]),
        ("?role=mentor&q=ada", vec![]),
        ("?role=king", vec!["Ada Obi", "Bao Nguyen", "Chiara Rossi", "Émile Beaulieu"]),
        ("?after=bao.nguyen%40acme.example", vec!["Chiara Rossi", "Émile Beaulieu"]),
        // No letter stands for others, and none breaks anything.
        ("?q=%25", vec![]),
        ("?q=_", vec![]),
        ("?q=!", vec![]),
    ] {
        let page = ada.page(&format!("/admin{asked}")).await;
        for name in ["Ada Obi", "Bao Nguyen", "Chiara Rossi", "Émile Beaulieu"] {
            assert_eq!(page.contains(&format!(">{name}</a>")), found.contains(&name), "{name} by {asked}");
        }
    }
    let page = ada.page("/admin").await;
    assert!(page.contains("Mentor <span class=\"aside\">Software Craft</span>"), "{page}");
    assert!(page.contains("Administrator <span class=\"aside\">for the whole service</span>"), "{page}");
    for none in ["/admin/people/none", "/admin/people/none/x"] {
        assert_eq!(ada.get(none).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_list_comes_in_pages_and_each_person_once() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    for n in 0..120 {
        let new =
            NewPerson { email: format!("p{n:03}@acme.example"), name: format!("Person {n}"), ..Default::default() };
        directory::add(&site.app, &Actor::Operator, &new).await.unwrap();
    }
    let ada = site.signed_in(ADA).await;
    let (mut next, mut seen) = (Some("/admin?q=acme".to_owned()), Vec::new());
    while let Some(path) = next {
        let page = ada.page(&path).await;
        let ids = page.split("href=\"/admin/people/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        seen.extend(ids);
        next = page
            .split("href=\"/admin?q=acme&#38;after=")
            .nth(1)
            .map(|rest| format!("/admin?q=acme&after={}", rest.split('"').next().unwrap()));
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (121, 121));
}

#[tokio::test]
async fn a_person_is_shown_with_team_manager_and_whether_they_have_left() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    site.grant(DEV, Role::Mentor, Some("craft")).await;
    let (ada, bao, dev) = (site.signed_in(ADA).await, site.person(BAO).await, site.person(DEV).await);
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, &dev).await.unwrap().unwrap();
    let person = Person {
        active: false,
        manager_id: Some(bao.clone()),
        team: Some("Payments".into()),
        function: Some("Engineering".into()),
        ..entry.person.clone()
    };
    people::update(&mut conn, &Entry { person, external_id: Some("hr-7".into()), ..entry }).await.unwrap();
    conn.commit().await.unwrap();
    let list = ada.page("/admin").await;
    assert!(list.contains("has left") && list.contains("Payments") && list.contains("Reports to Bao Nguyen"), "{list}");
    let page = ada.page(&format!("/admin/people/{dev}")).await;
    for words in [
        "Has left the company",
        "Payments",
        "Engineering",
        "changed there",
        &format!("<a href=\"/admin/people/{bao}\">"),
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Give a role"), "{page}");
    let path = format!("/admin/people/{dev}/roles");
    let refused = ada.send(&path, &[("role", "assessor"), ("reason", "comes back")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("Whoever has left gets no new role"));
    let taken =
        ada.send(&format!("{path}/revoke"), &[("role", "mentor"), ("program", "craft"), ("reason", "left")]).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
}

async fn actor(site: &Site, secret: &str) -> Actor {
    Actor::Person(sessions::authenticate(&site.app, secret).await.unwrap().unwrap().member)
}

async fn roles_of(site: &Site, id: &str) -> Vec<String> {
    let granted = roles::granted(&mut site.app.db.read().await.unwrap(), id).await.unwrap();
    let said =
        |one: &roles::Granted| format!("{}:{}", one.grant.role.as_str(), one.grant.program.as_deref().unwrap_or(""));
    granted.iter().map(said).collect()
}

/// What was done to someone: what, why, and who did it.
async fn said_of(site: &Site, id: &str) -> Vec<(String, String, String)> {
    let said = events::of_subject(&mut site.app.db.read().await.unwrap(), id).await.unwrap();
    said.into_iter()
        .map(|event| (event.verb.clone(), event.why().unwrap_or_default().to_owned(), event.actor))
        .collect()
}
