//! Whoever was erased is gone from every page, and what is asked for at their addresses is answered in neutral words.

use super::{header, lineage};
use crate::cast::{ADA, BAO, BASE_URL, CHIARA, Cast, PROFESSIONAL, Site, token};
use laurel::{
    actions::{
        audit::audit,
        endorse::endorse,
        erase::{self, Asked},
        record,
    },
    domain::{
        actor::{Actor, Role},
        endorsement::EndorsementRequest,
        erasing::{Cause, TakenAlong},
    },
    jobs,
};
use reqwest::{Method, StatusCode};

const LEAVE: Asked = Asked { taken_along: TakenAlong::Leave, cause: Cause::Wish };

#[tokio::test]
async fn every_address_of_someone_who_was_erased_answers_gone_and_says_neither_who_nor_why() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let request = EndorsementRequest {
        subject: badge.badge_url.clone(),
        comment: "Ada Obi is who to ask.".into(),
        valid_from: None,
        valid_until: None,
    };
    let said = endorse(&site.app, &Actor::Operator, &request, None).await.unwrap().view;
    let (id, lineage) = (badge.id.as_str(), lineage(&badge.certification_url));
    let paths = [
        format!("/badges/{id}"),
        format!("/badges/{id}.json"),
        format!("/badges/{id}.jwt"),
        format!("/badges/{id}.png"),
        format!("/badges/{id}.svg"),
        format!("/badges/{id}.jwt.png"),
        format!("/badges/{id}.pdf"),
        format!("/badges/{id}/card.png"),
        format!("/embed/{id}"),
        format!("/embed/{lineage}"),
        format!("/oembed?url={BASE_URL}/certifications/{lineage}"),
        format!("/oembed?url={BASE_URL}/badges/{id}&format=xml"),
        format!("/certifications/{lineage}"),
        format!("/certifications/{lineage}.json"),
        format!("/endorsements/{}", said.id),
        format!("/endorsements/{}.json", said.id),
    ];
    for path in &paths {
        assert_eq!(site.get_as(path, "text/html,*/*;q=0.8").await.status(), StatusCode::OK, "{path}");
    }
    let list = badge.credential_url.clone();
    let credential: serde_json::Value = site.get(list.strip_prefix(BASE_URL).unwrap()).await.json().await.unwrap();
    let status = credential["credentialStatus"]["statusListCredential"].as_str().unwrap().to_owned();
    let status = status.strip_prefix(BASE_URL).unwrap().to_owned();
    let polled = header(&site.get(&status).await, "etag").to_owned();
    erase::erase(&site.app, &Actor::Operator, ADA.email, LEAVE).await.unwrap();
    for path in &paths {
        for accept in ["text/html,*/*;q=0.8", "application/json", "*/*"] {
            let gone = site.get_as(path, accept).await;
            assert_eq!(gone.status(), StatusCode::GONE, "{path} as {accept}");
            assert_eq!(header(&gone, "cache-control"), "no-store", "{path}");
            let words = gone.text().await.unwrap();
            assert!(words.contains("What was here has been removed"), "{words}");
            for telling in ["Ada", "ada.obi", "Professional", "eras", "person", "wish"] {
                assert!(!words.contains(telling), "{path} says {telling}: {words}");
            }
        }
    }
    // It stands as it stood for whoever polls.
    assert_eq!(header(&site.get(&status).await, "etag"), polled);
    for path in ["/", "/feed.atom", "/programs/craft", &format!("/achievements/{PROFESSIONAL}")] {
        let page = site.page(path).await;
        assert!(!page.contains("Ada Obi") && !page.contains(id), "{path} names them");
    }
    assert!(site.page("/").await.contains("Bao Nguyen"));
    let asked = site.request(Method::GET, "/api/v1/awards").bearer_auth(token("all")).send().await.unwrap();
    let awards = asked.text().await.unwrap();
    assert!(awards.contains("bao.nguyen") && !awards.contains(id) && !awards.contains("erased.invalid"), "{awards}");
    let asked = site.request(Method::GET, &format!("/api/v1/awards/{id}")).bearer_auth(token("all"));
    assert_eq!(asked.send().await.unwrap().status(), StatusCode::GONE);
    let link = site.get_as(&format!("/verify?link={BASE_URL}/badges/{id}"), "text/html").await.text().await.unwrap();
    assert!(!link.contains("Ada"), "{link}");
    // What was taken along goes on proving what it did.
    let (status, report) = site.post("/api/v1/verify", &credential).await;
    assert_eq!((status, report["verdict"].as_str()), (StatusCode::OK, Some("valid")), "{report}");
    let audited = audit(&site.app, &Actor::Operator, |_| {}).await.unwrap();
    assert_eq!((audited.faults, audited.erased, audited.told), (0, 1, vec![]));
    assert!(record::check(&site.app, &Actor::Operator, None).await.unwrap().faults.is_empty());
}

#[tokio::test]
async fn an_administrator_erases_someone_after_reading_what_goes_and_typing_their_address() {
    let site = Site::open().await;
    site.grant(ADA, Role::Administrator, None).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let person = format!("/admin/people/{}", bao.person_id);
    let path = format!("{person}/erase");
    assert!(ada.page(&person).await.contains(&format!("href=\"{path}\"")));
    let page = ada.page(&path).await;
    for words in ["Erase Bao Nguyen", "This can’t be undone", "The page of their badge", "One still stands."] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let right = [("badges", "leave"), ("cause", "wish"), ("confirm", BAO.email)];
    for (field, value, words) in [
        ("badges", "burn", "Choose what becomes of the badges"),
        ("cause", "", "Choose why"),
        ("confirm", "bao@elsewhere.example", "That is not their address"),
    ] {
        let fields = right.map(|(name, given)| if name == field { (name, value) } else { (name, given) });
        let refused = ada.send(&path, &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(refused.text().await.unwrap().contains(words), "{words}");
    }
    assert_eq!(bao.get("/me").await.status(), StatusCode::OK);
    let own = format!("/admin/people/{}/erase", ada.person_id);
    let refused = ada.send(&own, &[right[0], right[1], ("confirm", ADA.email)]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(refused.text().await.unwrap().contains("Another administrator must erase you"));
    let done = ada.send(&path, &right).await;
    assert_eq!((done.status(), header(&done, "location")), (StatusCode::SEE_OTHER, "/admin?erased=yes"));
    let list = ada.page("/admin?erased=yes").await;
    assert!(list.contains("They were erased.") && !list.contains("Bao") && !list.contains("erased.invalid"), "{list}");
    for gone in [&person, &path] {
        assert_eq!(ada.get(gone).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(bao.get("/me").await.status(), StatusCode::SEE_OTHER);
    let provisioned = site.request(Method::GET, &format!("/scim/v2/Users/{}", bao.person_id));
    assert_eq!(provisioned.bearer_auth(token("provision")).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let everyone = site.request(Method::GET, "/scim/v2/Users").bearer_auth(token("provision")).send().await.unwrap();
    assert!(!everyone.text().await.unwrap().contains("erased.invalid"));
}

#[tokio::test]
async fn no_byte_of_a_name_or_address_is_left_in_the_databases_file_once_it_was_rewritten() {
    const LONG: Cast = Cast {
        name: "Quetzalina Xochitl-Wexler",
        email: "quetzalina@acme.example",
        team: Some("Platform"),
        named: true,
    };
    let site = Site::open().await;
    let told = site.award(LONG, PROFESSIONAL, "public").await;
    let person = site.signed_in(LONG).await;
    for named in ["no", "yes"].repeat(10) {
        // Written again and again, so that old rows lie about in pages that were freed.
        person.send("/me/name", &[("named", named)]).await;
    }
    site.award(CHIARA, PROFESSIONAL, "link").await;
    let file = site.file();
    let bytes = || {
        let read = |suffix: &str| std::fs::read(format!("{}{suffix}", file.display())).unwrap_or_default();
        [read(""), read("-wal")].concat().to_ascii_lowercase()
    };
    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|some| some == word.as_bytes());
    let before = bytes();
    assert!(holds(&before, "quetzalina@acme.example") && holds(&before, "xochitl") && holds(&before, &told.id));
    erase::erase(&site.app, &Actor::Operator, LONG.email, LEAVE).await.unwrap();
    assert!(erase::is_unscrubbed(&site.app).await.unwrap());
    // As the running service does it.
    jobs::plan(&site.app).await.unwrap();
    while jobs::run_due(&site.app).await.unwrap() > 0 {}
    assert!(!erase::is_unscrubbed(&site.app).await.unwrap());
    let after = bytes();
    assert!(holds(&after, &told.id), "the award is there as a row");
    for word in ["quetzalina", "xochitl", "wexler"] {
        assert!(!holds(&after, word), "{word} is still in the file");
    }
}
