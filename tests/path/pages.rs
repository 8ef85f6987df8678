//! The pages of the way to a level, as a browser gets and sends them: with forms alone, and a file that goes on after a cut connection.

use crate::cast::{ADA, BAO, BASE_URL, Browser, CHIARA, DEV, Site, form};
use laurel::{
    actions::{
        import_program::import_program,
        path::{evidence, mentor, mine, submission},
    },
    domain::{
        actor::{Actor, Grant, Member, Role},
        program_file,
    },
    outside::depot::Depot,
};
use reqwest::{Method, Response, StatusCode};
use std::collections::HashMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const PROGRAM: &str = r##"
id = "making"
name = "Making"
description = "How we make things."
[[levels]]
id = "maker"
name = "Maker"
description = "Makes things."
criteria = "* makes"
[levels.rubric]
grades = ["Emerging", "Solid"]
[[levels.rubric.criteria]]
id = "makes"
name = "Makes"
required = "Solid"
described = ["A little.", "A lot."]
[[levels.requirements]]
id = "course"
name = "The making course"
routes = [{ id = "taken", name = "Taken", kind = "coursework", confirmed_by = "mentor" }]
"##;

/// The company with a program whose work a panel assesses: Ada learns, Bao is her mentor, Chiara owns it, Dev is a stranger with every
/// role in another program.
async fn company() -> Site {
    company_with(Depot::memory(u64::MAX)).await
}

async fn company_with(depot: Depot) -> Site {
    let site = Site::keeping_files_in(depot).await;
    let program = program_file::read(PROGRAM, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap();
    site.grant(BAO, Role::Mentor, Some("making")).await;
    site.grant(CHIARA, Role::Owner, Some("making")).await;
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Auditor | Role::Administrator)) {
        site.grant(DEV, role, Some("craft")).await;
    }
    site
}

fn actor(browser: &Browser<'_>, grants: &[Role]) -> Actor {
    let grants = grants.iter().map(|role| Grant { role: *role, program: Some("making".into()) }).collect();
    Actor::Person(Member { id: browser.person_id.clone(), name: "Someone".into(), grants, manages: false })
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()["location"].to_str().unwrap().to_owned()
}

/// Ada enrolled by the form, with a draft; the addresses of both.
async fn drafting(ada: &Browser<'_>) -> (String, String) {
    let way = location(&ada.send("/me/enrol/making.maker", &[]).await);
    let draft = location(&ada.send(&format!("{way}/submission"), &[]).await);
    (way, draft)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn mentored(site: &Site, way: &str) {
    let (bao, chiara) = (site.person(BAO).await, site.signed_in(CHIARA).await);
    mentor::give(&site.app, &actor(&chiara, &[Role::Owner]), last(way), &bao).await.unwrap();
}

async fn send_file(browser: &Browser<'_>, draft: &str, name: &str, bytes: &[u8]) -> Response {
    let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    browser.send_parts(&format!("{draft}/files"), &[("title", "")], (&head, bytes)).await
}

fn tus(browser: &Browser<'_>, method: &str, path: &str) -> reqwest::RequestBuilder {
    let request = browser.request(method.parse().unwrap(), path).header("origin", BASE_URL);
    request.header("x-csrf-token", browser.csrf()).header("tus-resumable", "1.0.0")
}

fn offset(response: &Response) -> u64 {
    response.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
}

fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(size, b'x');
    bytes
}

#[tokio::test]
async fn a_learner_goes_the_whole_way_with_forms_alone() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    assert!(site.page("/achievements/making.maker").await.contains("/me/enrol/making.maker"));
    assert!(ada.page("/me/enrol/making.maker").await.contains("The making course"));
    let (way, draft) = drafting(&ada).await;
    assert_eq!(location(&ada.send("/me/enrol/making.maker", &[]).await), "/me/path", "pressed twice");
    assert_eq!(location(&ada.send(&format!("{way}/submission"), &[]).await), draft, "pressed twice");
    assert!(ada.page("/me/path").await.contains("0 of 1 done"));

    assert_eq!(location(&ada.send(&format!("{way}/mentor"), &[("wish", "ask")]).await), format!("{way}#mentor"));
    let bao = site.signed_in(BAO).await;
    assert!(bao.page("/mentor").await.contains("Ada Obi"));
    let learner = location(&bao.send(&format!("/mentor/{}/take", last(&way)), &[]).await);
    bao.send(&format!("{learner}/notes"), &[("text", "Shall we <b>talk</b>?")]).await;
    assert!(ada.page(&way).await.contains("Shall we &#60;b&#62;talk&#60;/b&#62;?"));
    let confirmed = bao.send(&format!("{learner}/confirm"), &[("requirement", "course"), ("route", "taken")]).await;
    assert_eq!(location(&confirmed), learner);
    assert!(ada.page("/me/path").await.contains("1 of 1 done"));

    let none = ada.send(&format!("{draft}/hand-in"), &[("statement", "My way"), ("revision", "1")]).await;
    assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = none.text().await.unwrap();
    assert!(page.contains("Add at least one piece of evidence") && page.contains(">My way</textarea>"), "{page}");
    let bad = ada.send(&format!("{draft}/evidence"), &[("kind", "link"), ("title", "Mine"), ("url", "x")]).await;
    assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().await.unwrap().contains("value=\"Mine\""), "what was typed is there again");
    let link = [("kind", "link"), ("title", "The change"), ("url", "https://acme.example/7")];
    ada.send(&format!("{draft}/evidence"), &link).await;
    let sent = send_file(&ada, &draft, "plan.pdf", &pdf(100_000)).await;
    assert_eq!(location(&sent), format!("{draft}#evidence"));
    let page = ada.page(&draft).await;
    assert!(page.contains("plan.pdf") && page.contains("97 KiB") && page.contains("The change"), "{page}");
    let handed_in = ada.send(&format!("{draft}/hand-in"), &[("statement", "My way"), ("revision", "1")]).await;
    assert_eq!(location(&handed_in), draft);
    let page = ada.page(&draft).await;
    assert!(page.contains("My way") && !page.contains("<textarea"), "it stays as it is");
    assert!(bao.page(&draft).await.contains("My way"));
    assert_eq!(location(&ada.send(&format!("{draft}/take-back"), &[]).await), draft);
    let again = location(&ada.send(&format!("{way}/submission"), &[]).await);
    assert!(ada.page(&again).await.contains("plan.pdf"));
    assert_eq!(location(&ada.send(&format!("{way}/withdraw"), &[]).await), "/me/path");
    assert!(ada.page("/me/path").await.contains("Withdrawn by you"));
}

#[tokio::test]
async fn a_text_that_another_window_changed_is_shown_beside_what_was_typed() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (_, draft) = drafting(&ada).await;
    assert_eq!(
        location(&ada.send(&draft, &[("statement", "First"), ("revision", "1")]).await),
        format!("{draft}#statement")
    );
    let stale = ada.send(&draft, &[("statement", "Second"), ("revision", "1")]).await;
    assert_eq!(stale.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = stale.text().await.unwrap();
    assert!(page.contains(">Second</textarea>") && page.contains(">First</textarea>"), "{page}");
    assert!(page.contains("name=\"revision\" value=\"2\""), "saving once more is meant");
    // As the page's script does it.
    let save = async |revision: &str| {
        let request = ada.request(Method::POST, &draft).header("origin", BASE_URL);
        let fields = [("statement", "Third"), ("revision", revision), ("csrf", &ada.csrf())];
        let request = form(request, &fields);
        let mut request = request.build().unwrap();
        request.headers_mut().insert("accept", "application/json".parse().unwrap());
        site.client.execute(request).await.unwrap()
    };
    let saved: serde_json::Value = save("2").await.json().await.unwrap();
    assert_eq!(saved["revision"], 3);
    assert_eq!(save("1").await.status(), StatusCode::OK, "the same text is kept already");
}

#[tokio::test]
async fn a_file_goes_on_where_its_connection_was_cut_and_comes_back_as_a_download_that_runs_nothing() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (_, draft) = drafting(&ada).await;
    let whole = pdf(300_000);
    let start = tus(&ada, "POST", &format!("{draft}/uploads"));
    let begun = start
        .header("upload-length", "300000")
        .header("upload-metadata", "filename w5xiZXIucGRm")
        .send()
        .await
        .unwrap();
    assert_eq!(begun.status(), StatusCode::CREATED);
    let upload = begun.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(offset(&tus(&ada, "HEAD", &upload).send().await.unwrap()), 0);

    // Half of what was announced, then the connection is gone.
    let head = format!(
        "PATCH {upload} HTTP/1.1\r\nhost: localhost\r\norigin: {BASE_URL}\r\ncookie: __Host-laurel={}\r\nx-csrf-token: {}\r\n\
         tus-resumable: 1.0.0\r\nupload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\ncontent-length: 300000\r\n\r\n",
        ada.secret,
        ada.csrf()
    );
    let mut socket = tokio::net::TcpStream::connect(site.address.trim_start_matches("http://")).await.unwrap();
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&whole[..120_000]).await.unwrap();
    socket.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _cut = socket.read_to_end(&mut answer).await;
    drop(socket);
    let mut here = 0;
    for _ in 0..100 {
        here = offset(&tus(&ada, "HEAD", &upload).send().await.unwrap());
        if here > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(here, 120_000, "what came before the cut is kept");
    assert!(ada.page(&draft).await.contains("117 KiB of 292 KiB have arrived"));

    let patch = |at: u64, bytes: &[u8]| {
        let request = tus(&ada, "PATCH", &upload).header("upload-offset", at.to_string());
        request.header("content-type", "application/offset+octet-stream").body(bytes.to_vec()).send()
    };
    assert_eq!(patch(0, &whole).await.unwrap().status(), StatusCode::CONFLICT);
    let done = patch(here, &whole[120_000..]).await.unwrap();
    assert_eq!((done.status(), offset(&done)), (StatusCode::NO_CONTENT, 300_000));

    let file = format!("/me/evidence/{}/file", last(&upload));
    let got = ada.get(&file).await;
    let header = |name: &str| got.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-disposition"), "attachment; filename=\"_ber.pdf\"; filename*=UTF-8''%C3%9Cber.pdf");
    assert_eq!(
        (header("x-content-type-options"), header("cache-control")),
        ("nosniff".into(), "private, no-store".into())
    );
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(got.bytes().await.unwrap(), whole);
}

#[tokio::test]
async fn a_page_never_becomes_evidence_and_nothing_is_left_of_what_is_refused() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (_, draft) = drafting(&ada).await;
    let page = b"<!doctype html><script>alert(1)</script>";
    let refused = send_file(&ada, &draft, "report.pdf", page).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("This file can’t be taken"));
    assert!(!ada.page(&draft).await.contains("report.pdf"));
    let empty = send_file(&ada, &draft, "empty.pdf", b"").await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!ada.page(&draft).await.contains("empty.pdf"));
    for (version, kind, status) in [("0.2.2", "application/offset+octet-stream", 412), ("1.0.0", "text/plain", 415)] {
        let request = ada.request(Method::PATCH, "/me/uploads/x").header("origin", BASE_URL);
        let request = request.header("x-csrf-token", ada.csrf()).header("tus-resumable", version);
        assert_eq!(request.header("content-type", kind).send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_of_the_file_stays() {
    let site = company_with(Depot::memory(10)).await;
    let ada = site.signed_in(ADA).await;
    let (_, draft) = drafting(&ada).await;
    assert_eq!(send_file(&ada, &draft, "plan.pdf", &pdf(5_000)).await.status(), StatusCode::INSUFFICIENT_STORAGE);
    assert!(!ada.page(&draft).await.contains("plan.pdf"));
}

#[tokio::test]
async fn an_owner_finds_who_is_under_way_and_whoever_has_nothing_to_do_there_finds_nobody() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (way, _) = drafting(&ada).await;
    ada.send(&format!("{way}/mentor"), &[("wish", "ask")]).await;
    let chiara = site.signed_in(CHIARA).await;
    let link = format!("/me/learners/{}", last(&way));
    for query in ["", "?program=making", "?program=making&waiting=1", "?after=99999999999.~"] {
        let page = chiara.page(&format!("/me/learners{query}")).await;
        assert!(page.contains("Ada Obi") && page.contains(&link) && page.contains("Draft"), "{query}");
    }
    assert!(!chiara.page("/me/learners?after=1.x").await.contains("Ada Obi"), "who began before that");
    let page = chiara.page(&link).await;
    assert!(page.contains("Give a mentor") && page.contains("Bao Nguyen"), "{page}");
    let bao = site.person(BAO).await;
    assert_eq!(location(&chiara.send(&format!("{link}/mentor"), &[("mentor", &bao)]).await), link);
    assert!(!chiara.page("/me/learners?waiting=1").await.contains("Ada Obi"));
    let dev = site.signed_in(DEV).await;
    assert_eq!(dev.get("/me/learners?program=making").await.status(), StatusCode::NOT_FOUND);
    assert!(!dev.page("/me/learners").await.contains("Ada Obi"), "runs another program");
    assert_eq!(ada.get("/me/learners").await.status(), StatusCode::NOT_FOUND);
    site.grant(BAO, Role::Assessor, Some("making")).await;
    assert!(
        !site.signed_in(BAO).await.page("/me/learners").await.contains("Ada Obi"),
        "nothing there is theirs to confirm"
    );
}

#[tokio::test]
async fn an_owner_ends_what_nobody_goes_on_with_and_says_why() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (way, _) = drafting(&ada).await;
    let chiara = site.signed_in(CHIARA).await;
    let link = way.replace("/me/path/", "/me/learners/");
    let close = format!("{link}/close");
    assert!(chiara.page(&link).await.contains("End this way"));
    let silent = chiara.send(&close, &[("reason", " ")]).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text().await.unwrap().contains("Say why, in at most 500 characters."));
    assert_eq!(location(&chiara.send(&close, &[("reason", "Moved to another job.")]).await), link);
    assert!(ada.page(&way).await.contains("Closed by the program"));
    assert!(!chiara.page(&link).await.contains("End this way"));
    assert_eq!(chiara.send(&close, &[("reason", "Again.")]).await.status(), StatusCode::CONFLICT);
}

/// Every route with an id in it, asked with ids that are there by someone to whom they are not.
#[tokio::test]
async fn no_id_of_anothers_way_opens_anything() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let (way, draft) = drafting(&ada).await;
    mentored(&site, &way).await;
    send_file(&ada, &draft, "plan.pdf", &pdf(5_000)).await;
    let learner = actor(&ada, &[]);
    let kept = submission::read(&site.app, &learner, last(&draft)).await.unwrap().evidence.remove(0).id;
    let begun = tus(&ada, "POST", &format!("{draft}/uploads"))
        .header("upload-length", "90")
        .header("upload-metadata", "filename YS5wZGY=");
    let upload = begun.send().await.unwrap().headers()["location"].to_str().unwrap().to_owned();
    let way_id = last(&way);
    let strangers = [(DEV, site.signed_in(DEV).await), (CHIARA, site.signed_in(CHIARA).await)];
    let before = site.written().await;
    for (who, stranger) in strangers {
        let owner = who.email == CHIARA.email;
        let mut gets = vec![way.clone(), draft.clone(), format!("/me/evidence/{kept}/file"), upload.clone()];
        if !owner {
            gets.push(format!("/me/learners/{way_id}"));
        }
        for path in gets {
            assert_eq!(stranger.get(&path).await.status(), StatusCode::NOT_FOUND, "{} asks {path}", who.name);
        }
        let text = [("text", "x"), ("wish", "ask"), ("statement", "x"), ("revision", "1"), ("kind", "link")];
        let more = [
            ("title", "x"),
            ("url", "https://a.example"),
            ("requirement", "course"),
            ("route", "taken"),
            ("mentor", "x"),
        ];
        let fields: Vec<_> = text.into_iter().chain(more).collect();
        let mut posts = vec![
            format!("{way}/withdraw"),
            format!("{way}/mentor"),
            format!("{way}/notes"),
            format!("{way}/submission"),
            draft.clone(),
            format!("{draft}/hand-in"),
            format!("{draft}/take-back"),
            format!("{draft}/evidence"),
            format!("{draft}/evidence/{kept}"),
            format!("{draft}/evidence/{kept}/remove"),
            format!("/me/learners/{way_id}/notes"),
        ];
        if !owner {
            posts.extend(
                ["confirm", "unconfirm", "mentor", "release"].map(|verb| format!("/me/learners/{way_id}/{verb}")),
            );
            posts.push(format!("/mentor/{way_id}/take"));
        }
        for path in posts {
            assert_eq!(
                stranger.send(&path, &fields).await.status(),
                StatusCode::NOT_FOUND,
                "{} sends {path}",
                who.name
            );
        }
        assert_eq!(send_file(&stranger, &draft, "x.pdf", &pdf(50)).await.status(), StatusCode::NOT_FOUND);
        let badge = [("requirement", "course"), ("route", "taken")];
        let text = ("content-disposition: form-data; name=\"text\"\r\n\r\n", &b"{}"[..]);
        assert_eq!(stranger.send_parts(&format!("{way}/badge"), &badge, text).await.status(), StatusCode::NOT_FOUND);
        for (method, path) in [
            ("POST", format!("{draft}/uploads")),
            ("HEAD", upload.clone()),
            ("PATCH", upload.clone()),
            ("DELETE", upload.clone()),
        ] {
            let request = tus(&stranger, method, &path).header("upload-length", "9").header("upload-offset", "0");
            let answer =
                request.header("content-type", "application/offset+octet-stream").body("x").send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{} {method} {path}", who.name);
        }
    }
    assert_eq!(site.written().await.1, before.1, "nothing happened");
    assert_eq!(tus(&ada, "DELETE", &upload).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(tus(&ada, "HEAD", &upload).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    assert!(evidence::download(&site.app, &learner, &kept).await.is_ok());
    assert_eq!(mine::mine(&site.app, &learner).await.unwrap().len(), 1);
}

#[tokio::test]
async fn german_readers_are_spoken_to_in_german() {
    let site = company().await;
    let ada = site.signed_in(ADA).await;
    let dev = site.signed_in(DEV).await;
    let (way, draft) = drafting(&ada).await;
    for (who, path, words) in [
        (&ada, "/me/path".to_owned(), "0 von 1 getan"),
        (&ada, way.clone(), "Einen Entwurf beginnen"),
        (&ada, draft, "Was Sie getan und was Sie gelernt haben"),
        (&dev, "/me/enrol/making.maker".to_owned(), "Zuerst die Kriterien lesen"),
    ] {
        let page =
            who.request(Method::GET, &path).header("accept-language", "de").send().await.unwrap().text().await.unwrap();
        assert!(page.contains("<html lang=\"de\">"), "{path}");
        assert!(page.contains(words) || path.starts_with("/me/path/"), "{path}");
    }
    let begun = ada.get("/me/enrol/making.maker").await;
    assert_eq!(location(&begun), way, "whoever has begun is led there");
}
