//! Many badges as one ZIP: one's own, and what a program gave.

use super::header;
use crate::cast::{ADA, BAO, Browser, CHIARA, DEV, MASTER, PRACTITIONER, PROFESSIONAL, Site};
use laurel::domain::actor::Role;
use reqwest::StatusCode;
use serde_json::json;
use std::io::{Cursor, Read};
use zip::ZipArchive;

struct Archive(ZipArchive<Cursor<Vec<u8>>>);

impl Archive {
    async fn of(browser: &Browser<'_>, path: &str) -> Self {
        let response = browser.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&response, "content-type"), "application/zip");
        assert_eq!(header(&response, "cache-control"), "private, no-store");
        Archive(ZipArchive::new(Cursor::new(response.bytes().await.unwrap().to_vec())).unwrap())
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.file_names().map(|name| name.unwrap().into_owned()).collect();
        names.sort();
        names
    }

    fn bytes(&mut self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }
}

#[tokio::test]
async fn one_takes_along_all_that_one_holds_with_ones_name_and_nothing_of_others() {
    let site = Site::open().await;
    let open = site.award(CHIARA, PROFESSIONAL, "public").await;
    let hidden = site.award(CHIARA, PRACTITIONER, "private").await;
    let gone = site.award(CHIARA, MASTER, "public").await;
    site.post(&format!("/api/v1/awards/{}/revoke", gone.id), &json!({"reason": "By mistake"})).await;
    site.award(BAO, PROFESSIONAL, "public").await;
    let mut archive = Archive::of(&site.signed_in(CHIARA).await, "/me/badges/zip").await;
    let name = |award: &str, level: &str, ending: &str| format!("Chiara Rossi {level}-{award}.{ending}");
    assert_eq!(
        archive.names(),
        [
            name(&hidden.id, PRACTITIONER, "pdf"),
            name(&hidden.id, PRACTITIONER, "png"),
            name(&open.id, PROFESSIONAL, "pdf"),
            name(&open.id, PROFESSIONAL, "png"),
        ]
    );
    assert!(archive.bytes(&name(&open.id, PROFESSIONAL, "pdf")).starts_with(b"%PDF-1."));
    let served = site.get(&format!("/badges/{}.png", open.id)).await.bytes().await.unwrap();
    assert_eq!(archive.bytes(&name(&open.id, PROFESSIONAL, "png")), served.to_vec());
    assert!(site.signed_in(CHIARA).await.page("/me/badges").await.contains("/me/badges/zip"));
    assert_eq!(Archive::of(&site.signed_in(DEV).await, "/me/badges/zip").await.names(), Vec::<String>::new());
}

#[tokio::test]
async fn an_owner_takes_along_what_the_program_gave_by_level_and_by_day() {
    let site = Site::open().await;
    site.grant(DEV, Role::Owner, Some("craft")).await;
    let early = site.award(ADA, PROFESSIONAL, "public").await;
    let nameless = site.award(CHIARA, PROFESSIONAL, "link").await;
    site.award(BAO, PROFESSIONAL, "private").await;
    site.at("2026-12-24T12:00:00Z");
    let late = site.award(BAO, MASTER, "public").await;
    let dev = site.signed_in(DEV).await;
    let with =
        |award: &str, whose: &str, level: &str| ["pdf", "png"].map(|end| format!("{whose}{level}-{award}.{end}"));
    let [ada, chiara, bao] = [
        with(&early.id, "Ada Obi ", PROFESSIONAL),
        with(&nameless.id, "", PROFESSIONAL),
        with(&late.id, "Bao Nguyen ", MASTER),
    ];
    for (asked, wanted) in [
        ("", [&ada, &bao, &chiara].map(|two| two.to_vec()).concat()),
        ("?level=craft.master", bao.to_vec()),
        ("?until=2026-11-24&from=", [&ada, &chiara].map(|two| two.to_vec()).concat()),
        ("?from=2026-12-24&until=2026-12-24&level=", bao.to_vec()),
        ("?from=2027-01-01", Vec::new()),
    ] {
        let found = Archive::of(&dev, &format!("/run/craft/badges/zip{asked}")).await.names();
        assert_eq!(found, wanted, "{asked}");
    }
    assert_eq!(dev.get("/run/craft/badges/zip?level=ops.lead").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(dev.get("/run/craft/badges/zip?from=tomorrow").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(dev.page("/run/craft").await.contains("action=\"/run/craft/badges/zip\""));
}

#[tokio::test]
async fn more_badges_than_are_read_at_once_all_come_and_each_once() {
    let site = Site::open().await;
    site.grant(DEV, Role::Owner, Some("craft")).await;
    let awards: Vec<_> = (0..53)
        .map(|at| json!({"level": PRACTITIONER, "visibility": "public", "recipient": {"name": format!("Person {at}"), "email": format!("p{at}@acme.example"), "name_public": true}}))
        .collect();
    for award in awards {
        let (status, _) = site.post("/api/v1/awards", &award).await;
        assert_eq!(status, StatusCode::CREATED);
    }
    let names = Archive::of(&site.signed_in(DEV).await, "/run/craft/badges/zip").await.names();
    assert_eq!(names.len(), 2 * 53);
}
