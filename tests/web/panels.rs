//! The pages of panels: an assessor's, an owner's and the learner's, and that none of them is there for anyone else.

use super::header;
use crate::{
    cast::{Browser, Site},
    panel::cast::{ADA, Firm, GOOD, LEAD, MASTER, PRO, WEAK, staff},
    setup,
};
use laurel::{
    actions::revoke::revoke,
    domain::{
        actor::{Actor, Role},
        panel::Panel,
    },
};
use reqwest::StatusCode;
use std::sync::Arc;

/// The company of the panels' tests, served.
async fn served() -> (Firm, Site, setup::Sandbox) {
    let sandbox = setup::sqlite().await;
    let firm = Firm::new(sandbox.db.clone()).await;
    let site = Site::of(Arc::clone(&firm.app)).await;
    (firm, site, sandbox)
}

async fn browser<'a>(site: &'a Site, who: &str) -> Browser<'a> {
    site.signed_in(staff(who)).await
}

/// A sheet as its form sends it.
const SHEET: [(&str, &str); 4] = [
    ("grade.design", "Solid"),
    ("comment.design", "Split into <parts> others can change."),
    ("grade.testing", "Solid"),
    ("comment.testing", "Runs in a minute."),
];

const WORDS: [(&str, &str); 5] = [
    ("reason", "All of it was there."),
    ("said.design", "As described."),
    ("said.testing", "As described, too."),
    ("missing", "A second change."),
    ("missing_by", "2027-06-30"),
];

async fn leads_to(response: reqwest::Response, address: &str) {
    let (status, led) = (response.status(), header(&response, "location").to_owned());
    let page = response.text().await.unwrap();
    assert_eq!((status, led.as_str()), (StatusCode::SEE_OTHER, address), "{page}");
}

#[tokio::test]
async fn a_panel_works_on_its_pages_from_the_first_draft_to_the_badge() {
    let (firm, site, _sandbox) = served().await;
    let panel = firm.hands_in(ADA, PRO).await;
    let seated = firm.seated(&panel).await;
    let url = format!("/assess/{}", panel.id);
    let first = browser(&site, &seated[0]).await;
    let queue = first.page("/assess").await;
    assert!(queue.contains(&url) && queue.contains("Score the work") && queue.contains("8 December 2026"), "{queue}");
    let page = first.page(&url).await;
    assert!(page.contains("How we moved.") && page.contains("What we feared."), "the evidence is there: {page}");

    leads_to(first.send(&format!("{url}/draft"), &SHEET[..2]).await, &format!("{url}#sheet")).await;
    let page = first.page(&url).await;
    assert!(
        page.contains("Split into &#60;parts&#62; others can change.") && page.contains("value=\"Solid\" checked"),
        "{page}"
    );
    let wrong =
        first.send(&format!("{url}/scores"), &[("grade.design", "Exemplary"), ("comment.testing", "Typed.")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = wrong.text().await.unwrap();
    assert!(
        wrong.contains("Choose a grade.") && wrong.contains("Typed.") && wrong.contains("value=\"Exemplary\" checked")
    );
    leads_to(first.send(&format!("{url}/scores"), &SHEET).await, &url).await;

    let second = browser(&site, &seated[1]).await;
    assert!(!second.page(&url).await.contains("others can change"), "blind until all have handed in");
    assert!(first.page(&url).await.contains("The others are still scoring"));
    for who in &seated[1..] {
        let others = browser(&site, who).await;
        leads_to(others.send(&format!("{url}/scores"), &SHEET).await, &url).await;
    }
    let page = second.page(&url).await;
    assert!(page.contains("The panel stands at “Solid”") && page.matches("others can change").count() >= 3, "{page}");
    for who in &seated {
        let one = browser(&site, who).await;
        leads_to(one.send(&format!("{url}/settle"), &[]).await, &format!("{url}#agree")).await;
    }
    let page = first.page(&url).await;
    assert!(page.contains("Decide and give the badge") && !page.contains("name=\"missing\""), "{page}");
    assert!(first.page("/assess").await.contains("Write the decision down"), "all have agreed");
    let wrong = first.send(&format!("{url}/decision"), &WORDS[1..2]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().await.unwrap().contains("id=\"reason-wrong\""));
    leads_to(first.send(&format!("{url}/decision"), &WORDS).await, &format!("{url}#decided")).await;
    assert!(first.page(&url).await.contains("All of it was there."));
    assert!(!first.page("/assess").await.contains(&url), "it waits for nobody");

    let ada = browser(&site, ADA).await;
    let list = ada.page("/me/decisions").await;
    let decision =
        list.split("href=\"/me/decisions/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let told = ada.page(&format!("/me/decisions/{decision}")).await;
    assert!(told.contains("All of it was there.") && told.contains("As described, too."), "{told}");
    assert!(seated.iter().all(|who| !told.contains(&format!(">{who}<"))), "nobody is named");
    let badge = told.split("href=\"/badges/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let badge = site.page(&format!("/badges/{badge}")).await;
    assert!(badge.contains("A panel of 3 assessors from") && badge.contains("What the panel says"), "{badge}");
}

#[tokio::test]
async fn an_owner_sees_what_is_stuck_has_seats_drawn_and_looks_a_second_time() {
    let (firm, site, _sandbox) = served().await;
    let short = firm.hands_in(ADA, MASTER).await;
    let panel = firm.hands_in("Bao", LEAD).await;
    let olga = browser(&site, "Olga").await;
    let queue = olga.page("/run/craft/queue").await;
    assert!(queue.contains("Short of assessors") && queue.contains("One seat is empty."), "{queue}");
    let url = format!("/run/craft/panels/{}", short.id);
    leads_to(olga.send(&format!("{url}/redraw"), &[]).await, &format!("{url}#members")).await;
    let who = firm.seated(&short).await.remove(0);
    let silent = olga.send(&format!("{url}/redraw"), &[("instead_of", &who), ("reason", " ")]).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    leads_to(
        olga.send(&format!("{url}/redraw"), &[("instead_of", &who), ("reason", "Is ill.")]).await,
        &format!("{url}#members"),
    )
    .await;
    assert!(olga.page(&url).await.contains("Is ill."));

    firm.decides(&panel, &[("design", "Yes")]).await;
    assert!(olga.page("/run/craft/queue").await.contains("For a second look"));
    let url = format!("/run/craft/panels/{}", panel.id);
    let page = olga.page(&url).await;
    assert!(page.contains("Confirm and give the badge") && page.contains("We looked at all of it."), "{page}");
    leads_to(olga.send(&format!("{url}/return"), &[("reason", "The plan was not looked at.")]).await, &url).await;
    let member = firm.seated(&panel).await.remove(0);
    assert!(
        browser(&site, &member)
            .await
            .page(&format!("/assess/{}", panel.id))
            .await
            .contains("The plan was not looked at.")
    );
    firm.all_agree(&panel).await;
    firm.at("2026-11-25T12:00:00Z");
    firm.proposes(&panel).await.unwrap();
    let olga = browser(&site, "Olga").await;
    leads_to(olga.send(&format!("{url}/confirm"), &[]).await, &url).await;
    assert!(olga.page(&url).await.contains("To the badge"));
    firm.at("2027-02-01T12:00:00Z");
    let olga = browser(&site, "Olga").await;
    assert!(olga.page("/run/craft/queue").await.contains("Short of assessors"));
}

#[tokio::test]
async fn a_learner_appeals_on_the_page_and_a_badge_under_appeal_says_so() {
    let (firm, site, _sandbox) = served().await;
    let first = firm.hands_in(ADA, PRO).await;
    let decision = firm.decides(&first, &WEAK).await;
    let ada = browser(&site, ADA).await;
    let url = format!("/me/decisions/{}", decision.id);
    let page = ada.page(&url).await;
    assert!(
        page.contains("A second change.") && page.contains("30 June 2027") && page.contains("24 December 2026"),
        "{page}"
    );
    let silent = ada.send(&format!("{url}/appeal"), &[("reason", " ")]).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    leads_to(ada.send(&format!("{url}/appeal"), &[("reason", "It is in the plan.")]).await, &format!("{url}#appeal"))
        .await;
    let page = ada.page(&url).await;
    let back = page.split("action=\"/me/appeals/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    leads_to(ada.send(&format!("/me/appeals/{back}"), &[]).await, "/me/decisions").await;

    let second = firm.hands_in_again(&firm.enrolment(&first).await.id).await;
    let award = firm.decides(&second, &GOOD).await.award_id.unwrap();
    revoke(&firm.app, &Actor::Operator, &award, "It was copied.").await.unwrap();
    let lineage = firm.award(&award).await.lineage_id;
    let pages = [format!("/badges/{award}"), format!("/certifications/{lineage}")];
    for page in &pages {
        assert!(!site.page(page).await.contains("The revocation is under appeal"));
    }
    assert!(ada.page("/me/decisions").await.contains(&format!("/me/revocations/{award}/appeal")));
    let silent = ada.send(&format!("/me/revocations/{award}/appeal"), &[("reason", "")]).await;
    assert_eq!(silent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let sent = ada.send(&format!("/me/revocations/{award}/appeal"), &[("reason", "I wrote it.")]).await;
    leads_to(sent, "/me/decisions#revoked").await;
    for page in &pages {
        let html = site.page(page).await;
        assert!(html.contains("The revocation is under appeal") && html.contains("24 November 2026"), "{html}");
    }
}

#[tokio::test]
async fn a_conflict_is_declared_on_ones_own_page() {
    let (firm, site, _sandbox) = served().await;
    let panel = firm.hands_in(ADA, PRO).await;
    let who = firm.seated(&panel).await.remove(0);
    let ada = browser(&site, ADA).await;
    let wrong = ada.send("/me/conflicts", &[("other", "nobody"), ("reason", "")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let address = format!("{}@acme.example", who.to_lowercase());
    let sent = ada.send("/me/conflicts", &[("other", &address), ("reason", "A quarrel.")]).await;
    leads_to(sent, "/me/decisions#conflicts").await;
    assert!(ada.page("/me/decisions").await.contains("A quarrel."));
    let gone = browser(&site, &who).await.get(&format!("/assess/{}", panel.id)).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

/// Every address of these pages that holds an id, for those to whom it is nothing.
#[tokio::test]
async fn what_is_someone_elses_is_not_there() {
    let (firm, site, _sandbox) = served().await;
    let mut conn = firm.write().await;
    for (who, role, program) in [("Kim", Role::Owner, "data"), ("Bao", Role::Owner, "craft")] {
        firm.give_role(&mut conn, who, role, program).await;
    }
    conn.commit().await.unwrap();
    let first = firm.hands_in(ADA, PRO).await;
    let decision = firm.decides(&first, &WEAK).await;
    let lead = firm.hands_in(ADA, LEAD).await;
    firm.decides(&lead, &[("design", "Yes")]).await;
    let open = firm.hands_in("Bao", PRO).await;
    let award = site.award(staff(ADA), MASTER, "link").await.id;
    revoke(&firm.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
    let ada = browser(&site, ADA).await;
    ada.send(&format!("/me/revocations/{award}/appeal"), &[("reason", "Why?")]).await;
    let appeal = ada.page("/me/decisions").await;
    let appeal =
        appeal.split("action=\"/me/appeals/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();

    let missing = async |browser: &Browser<'_>, post: bool, path: String| {
        let fields = [("reason", "Because."), ("outcome", "Because."), ("upheld", "yes")];
        let response = if post { browser.send(&path, &fields).await } else { browser.get(&path).await };
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path} as {}", browser.person_id);
    };
    // An assessor who does not sit there, one who is of another program, and the learner themselves.
    let unseated = firm.seated(&open).await;
    let unseated =
        ["Chiara", "Dev", "Emil", "Fay", "Gus"].into_iter().find(|who| !unseated.contains(&(*who).to_owned())).unwrap();
    for who in [unseated, "Kim", "Bao"] {
        let browser = browser(&site, who).await;
        missing(&browser, false, format!("/assess/{}", open.id)).await;
        for step in ["draft", "scores", "settle", "decision", "recuse"] {
            missing(&browser, true, format!("/assess/{}/{step}", open.id)).await;
        }
    }
    // An owner of another program, by either program's address; and an owner whose own work it is.
    let kim = browser(&site, "Kim").await;
    missing(&kim, false, "/run/craft/queue".into()).await;
    for program in ["craft", "data"] {
        missing(&kim, true, format!("/run/{program}/appeals/{appeal}/answer")).await;
        missing(&kim, false, format!("/run/{program}/panels/{}", lead.id)).await;
        for step in ["redraw", "confirm", "return"] {
            missing(&kim, true, format!("/run/{program}/panels/{}/{step}", lead.id)).await;
        }
    }
    let bao = browser(&site, "Bao").await;
    missing(&bao, false, format!("/run/craft/panels/{}", open.id)).await;
    missing(&bao, true, format!("/run/craft/panels/{}/redraw", open.id)).await;
    missing(&browser(&site, "Olga").await, false, format!("/run/data/panels/{}", lead.id)).await;
    // A sample is an assessor's of its program and its owner's.
    let olga = browser(&site, "Olga").await;
    let decided = format!("/run/craft/panels/{}/sample", first.id);
    missing(&kim, true, decided.clone()).await;
    let marked = olga.send(&decided, &[("title", "A plan")]).await;
    let sample = header(&marked, "location").rsplit('/').next().unwrap().to_owned();
    assert!(!sample.is_empty() && olga.page(&format!("/run/craft/calibration/{sample}")).await.contains("A plan"));
    assert!(olga.page("/run/craft/calibration").await.contains(&sample));
    missing(&kim, false, "/run/craft/calibration".into()).await;
    for program in ["craft", "data"] {
        missing(&kim, false, format!("/run/{program}/calibration/{sample}")).await;
        missing(&kim, true, format!("/run/{program}/calibration/{sample}/close")).await;
    }
    missing(&kim, false, format!("/assess/samples/{sample}")).await;
    for step in ["draft", "scores"] {
        missing(&kim, true, format!("/assess/samples/{sample}/{step}")).await;
    }
    // Another learner; and what is only proposed is nobody's to read yet.
    for who in ["Bao", "Olga"] {
        let browser = browser(&site, who).await;
        missing(&browser, false, format!("/me/decisions/{}", decision.id)).await;
        missing(&browser, true, format!("/me/decisions/{}/appeal", decision.id)).await;
        missing(&browser, true, format!("/me/revocations/{award}/appeal")).await;
        missing(&browser, true, format!("/me/appeals/{appeal}/withdraw")).await;
    }
    let proposed = laurel::store::decisions::of_panel(&mut firm.conn().await, &lead.id).await.unwrap().remove(0);
    missing(&ada, false, format!("/me/decisions/{}", proposed.id)).await;
}

#[tokio::test]
async fn a_sample_is_scored_on_its_page_and_the_agreement_is_shown() {
    let (firm, site, _sandbox) = served().await;
    let panel = firm.hands_in(ADA, PRO).await;
    firm.decides(&panel, &WEAK).await;
    let olga = browser(&site, "Olga").await;
    let marked = olga.send(&format!("/run/craft/panels/{}/sample", panel.id), &[("title", "The plan of a move")]).await;
    let result = header(&marked, "location").to_owned();
    let id = result.rsplit('/').next().unwrap().to_owned();
    let url = format!("/assess/samples/{id}");
    for who in ["Chiara", "Dev"] {
        let one = browser(&site, who).await;
        assert!(one.page("/assess").await.contains("The plan of a move"));
        let page = one.page(&url).await;
        assert!(page.contains("How we moved.") && !page.contains(ADA), "whose it is isn't told: {page}");
        let wrong = one.send(&format!("{url}/scores"), &SHEET[..1]).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        leads_to(one.send(&format!("{url}/draft"), &SHEET[..1]).await, &url).await;
        leads_to(one.send(&format!("{url}/scores"), &SHEET).await, &url).await;
    }
    let page = olga.page(&result).await;
    assert!(page.contains("100 % the same, 100 % within one grade") && page.contains("Chiara"), "{page}");
    leads_to(olga.send(&format!("{result}/close"), &[]).await, &result).await;
    assert!(olga.page("/run/craft/calibration").await.contains("Closed"));
}

#[tokio::test]
async fn the_pages_speak_german_too() {
    let (firm, site, _sandbox) = served().await;
    let panel: Panel = firm.hands_in(ADA, PRO).await;
    let who = firm.seated(&panel).await.remove(0);
    let one = browser(&site, &who).await;
    let page = one.request(reqwest::Method::GET, "/assess").header("accept-language", "de").send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains("Die Arbeit bewerten") && page.contains("8. Dezember 2026"), "{page}");
}
