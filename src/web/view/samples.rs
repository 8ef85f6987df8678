//! Every page with made-up data: full, with names of 60 letters, and with next to nothing.
//!
//! With `LAUREL_LOOK=folder`, the tests also write the pages, cards and assets there, to be looked at in a browser.

mod apps;
mod governing;

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::*;
use crate::credential::verify::{Check, CheckName, Claims, CredentialKind, Outcome, Report, Verdict};
use crate::domain::art::{Colour, Design, badge_svg};
use crate::domain::assessment::Assessment;
use crate::domain::changes::changes;
use crate::domain::level::{Alignment, LevelContent};
use crate::domain::period::Period;
use crate::domain::personal_endorsement::{self, PersonalEndorsement, Relation};
use crate::domain::renewal::{Renewal, Stand};
use crate::domain::requirement::{ConfirmedBy, ElectiveGroup, Need, Requirement, Route, RouteKind};
use crate::domain::rubric::{Competency, CompetencyKind, Criterion, Grades, Rubric};
use crate::web::assets;
use crate::web::card::{CardFacts, CardPicture, card_png};
use crate::web::text::Text;
use crate::web::typefaces::Typefaces;

pub(super) const LONG_NAME: &str = "Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos";
const LONG_TITLE: &str = "Responsible Data Stewardship and Applied Analytics: Principal";
const NAMES: [&str; 8] = [
    "Ana Lindqvist",
    "Tomáš Dvořák",
    "Nguyễn Minh Khai",
    LONG_NAME,
    "Priya Raghunathan",
    "Olu Adeyemi",
    "Freya Sørensen",
    "Jun Watanabe",
];
const TEAMS: [&str; 5] = ["Platform", "Field Mapping", "Data & Insight", "Customer Care", "Survey Flight"];
const LEVELS: [&str; 3] = ["Practitioner", "Professional", "Master"];
const CRITERIA: &str = "<p>You have carried a change from idea to production, and can show how you knew that it worked.</p><ul><li>Two pieces of work in use by people outside your team for at least a month.</li><li>A design note that names what was not built, and why.</li><li>One incident you led, with its review.</li></ul><h3>How it is assessed</h3><p>A panel of two assessors reads your work against the <a href=\"#\">rubric</a> and talks with you for an hour.</p>";

pub(super) fn site(path: &str) -> Site {
    Site {
        text: Text::english(),
        organisation: "Northwind Cartography".into(),
        base_url: "http://localhost:8080".into(),
        path: path.into(),
        now: at("2026-11-24T14:02:00Z"),
        zone: TimeZone::UTC,
        demo: true,
        copied: false,
        signed_in: None,
        csrf: String::new(),
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn wall_badge(n: usize) -> WallBadge {
    let level = n % 3;
    WallBadge {
        url: format!("/badges/{n}"),
        image_url: image(n / 3 % 2, level),
        level: LEVELS[level].into(),
        program: ["Software Craft", "Map Making"][n / 3 % 2].into(),
        person: (n % 5 != 4).then(|| NAMES[n % 8].into()),
        team: (n % 4 != 3).then(|| TEAMS[n % 5].into()),
        awarded: at("2026-11-20T09:00:00Z") - jiff::SignedDuration::from_hours(40 * n as i64),
    }
}

fn image(program: usize, level: usize) -> String {
    format!("/images/{program}{level}.svg")
}

fn asks() -> Asks {
    Asks { criteria_html: CRITERIA.into(), ..Asks::of(content()) }
}

fn grades(testing: &str, design: &str) -> Grades {
    [("testing", testing), ("design", design)].map(|(id, grade)| (id.to_owned(), grade.to_owned())).into()
}

pub(super) fn content() -> LevelContent {
    let criterion = |id: &str, name: &str, weight| Criterion {
        id: id.into(),
        name: name.into(),
        weight,
        required: "Solid".into(),
        described: vec![
            "Says that it works.".into(),
            "Shows it with tests and figures that others can run.".into(),
            "Has changed how a whole team knows that its work works.".into(),
        ],
    };
    let competency = |name: &str, kind| Competency {
        name: name.into(),
        kind,
        indicators: vec!["Writes down what was left out, and why.".into(), "Takes a fault back to its cause.".into()],
    };
    LevelContent {
        name: "Professional".into(),
        criteria: "- Two pieces of work in use.\n- A design note.".into(),
        competencies: vec![
            competency("Designs what others can change", CompetencyKind::Technical),
            competency("Is asked for advice, and gives it", CompetencyKind::Personal),
        ],
        rubric: Some(Rubric {
            grades: vec!["Emerging".into(), "Solid".into(), "Exemplary".into()],
            threshold: Some(60),
            criteria: vec![
                criterion("testing", "Knows that it works", 2),
                criterion("design", "Writes designs that others can argue with", 1),
            ],
        }),
        alignments: skills(),
        requirements: vec![
            need("first", "Is a Practitioner", None, Need::Level { level: "software-craft.practitioner".into() }),
            need("design", "Has designed a service", None, routes()),
            need("talk", "Gives a talk at the guild, with its slides and what was asked", Some("beyond"), routes()),
            need("teaching", "Teaches", Some("beyond"), routes()),
            need("work", "Two pieces of work", None, Need::Submission),
        ],
        electives: vec![ElectiveGroup { id: "beyond".into(), name: "Beyond the code".into(), choose: 1 }],
        assessment: Some(Assessment { functions: 2, second_look: true, ..Assessment::default() }),
        renewal: Some(Renewal {
            requirements: vec![need("talk", "Gives a talk", None, routes())],
            electives: Vec::new(),
            assessed: false,
            grace: Period::parse("P30D").ok(),
            remind_manager: true,
        }),
        review_by: "2026-10-31".parse().ok(),
        ..LevelContent::default()
    }
}

fn need(id: &str, name: &str, group: Option<&str>, kind: Need) -> Requirement {
    let description = if kind == Need::Submission { String::new() } else { "In the last two years.".into() };
    Requirement { id: id.into(), name: name.into(), description, kind, group: group.map(str::to_owned) }
}

fn routes() -> Need {
    let route =
        |id: &str, name: &str, kind, confirmed_by| Route { id: id.into(), name: name.into(), kind, confirmed_by };
    let issuer = "did:web:guild-of-software-architects.example".into();
    Need::Routes {
        routes: vec![
            route("course", "The internal course", RouteKind::Coursework, ConfirmedBy::Mentor),
            route(
                "badge",
                "A badge of the guild",
                RouteKind::OutsideBadge { issuer, achievement: None },
                ConfirmedBy::Verification,
            ),
        ],
    }
}

fn versions() -> Vec<(String, Result<String, askama::Error>)> {
    let before =
        LevelContent { criteria: "- One piece of work in use.\n- A design note.".into(), rubric: None, ..content() };
    let changes = changes(&before, &content(), &|what| said(&Text::english(), what));
    let row = |version, summary: Option<&str>, changed| VersionRow {
        version,
        url: format!("/achievements/software-craft.professional/versions/{version}"),
        published: at("2026-11-20T09:00:00Z"),
        summary: summary.map(str::to_owned),
        approved_by: (version > 1).then(|| "The craft guild".to_owned()),
        stands: if version == 2 { VersionStands::Ahead(at("2027-01-01T00:00:00Z")) } else { VersionStands::Now },
        changed,
    };
    let level = || Link::new("Professional", "/achievements/software-craft.professional");
    let program = || Link::new("Software Craft", "/programs/software-craft");
    let list = VersionsPage {
        site: site("/achievements/software-craft.professional/versions"),
        level: level(),
        program: program(),
        versions: vec![
            row(
                2,
                Some("Two pieces of work instead of one, and a rubric."),
                Some(changes.iter().map(|c| c.part).collect()),
            ),
            row(1, None, None),
        ],
    };
    let one = VersionPage {
        site: site("/achievements/software-craft.professional/versions/2"),
        name: "Professional".into(),
        description: "Designs systems that others can change safely.".into(),
        version: 2,
        published: at("2026-11-20T09:00:00Z"),
        summary: Some("Two pieces of work instead of one, and a rubric.".into()),
        level: level(),
        program: program(),
        history_url: "/achievements/software-craft.professional/versions".into(),
        image_url: image(0, 1),
        stands: VersionStands::Ahead(at("2027-01-01T00:00:00Z")),
        starts: at("2027-01-01T00:00:00Z"),
        transition_until: Some(at("2027-07-01T00:00:00Z")),
        approved_by: Some("The craft guild, 12 November 2026".into()),
        asks: asks(),
        validity: Period::parse("P2Y").ok(),
        renewal_window: Period::parse("P90D").ok(),
        before: Some(Link::new("Version 1", "/achievements/software-craft.professional/versions/1")),
        changes,
    };
    vec![("level-versions".into(), list.render()), ("level-version".into(), one.render())]
}

fn coming() -> Vec<Coming> {
    vec![Coming {
        version: 2,
        url: "/achievements/software-craft.professional/versions/2".into(),
        starts: at("2027-01-01T00:00:00Z"),
        summary: Some("Two pieces of work instead of one, and a rubric.".into()),
        transition_until: Some(at("2027-07-01T00:00:00Z")),
    }]
}

fn skills() -> Vec<Alignment> {
    let skill = |name: &str, code: &str| Alignment {
        name: name.into(),
        url: "https://skills.example/".into(),
        framework: Some("SFIA 9".into()),
        code: Some(code.into()),
    };
    vec![skill("Programming/software development", "PROG"), skill("Systems design", "DESN"), skill("Testing", "TEST")]
}

fn level(step: usize) -> ProgramLevel {
    ProgramLevel {
        url: format!("/achievements/software-craft.{step}"),
        name: LEVELS[step].into(),
        description: "Delivers changes that others rely on, explains the choices behind them, and leaves the code easier to change than it was.".into(),
        image_url: image(0, step),
        coming: if step == 1 { coming() } else { Vec::new() },
        asks: asks(),
        validity: Period::parse("P2Y").ok(),
        renewal_window: Period::parse("P90D").ok(),
        holders: [21, 9, 0][step],
    }
}

fn wall() -> WallPage {
    let count = |program: &str, p: usize, l: usize, holders| LevelCount {
        program: program.into(),
        level: LEVELS[l].into(),
        url: "/achievements/x".into(),
        image_url: image(p, l),
        holders,
    };
    WallPage {
        site: site("/"),
        newest: (0..14).map(wall_badge).collect(),
        levels: vec![
            count("Software Craft", 0, 0, 21),
            count("Software Craft", 0, 1, 9),
            count("Software Craft", 0, 2, 4),
            count("Map Making", 1, 0, 12),
            count("Map Making", 1, 1, 6),
            count("Map Making", 1, 2, 1),
        ],
        teams: TEAMS
            .iter()
            .zip([17, 13, 11, 8, 4])
            .map(|(team, holders)| TeamCount { team: (*team).into(), holders })
            .collect(),
    }
}

fn said_for() -> Vec<SaidFor> {
    vec![SaidFor {
        url: "/endorsements/x".into(),
        comment_html: "<p>Three people looked at this work for a day.</p>".into(),
        from: at("2026-05-03T10:00:00Z"),
    }]
}

fn said_by_person() -> PersonalSaid {
    PersonalSaid {
        said: PersonalEndorsement {
            id: "4c6e8g0j2m4p6r8t0v2x4z6b8d".into(),
            endorser_id: "1".into(),
            award_id: "0h7k2m9q4t6v8x1z3b5d7f9g1j".into(),
            skill: Some(1),
            relation: Relation::Manager,
            name: LONG_NAME.into(),
            comment: "Took the old survey to pieces and put it together again, so that all of us understand it.\nI ask her first."
                .into(),
            language: "en".into(),
            issued_at: at("2026-11-20T09:00:00Z"),
            verification_method: String::new(),
            status_index: 0,
            credential: "{}".into(),
            standing: personal_endorsement::Standing::Shown,
            withdrawn_at: None,
        },
        skill: Some("Programming".into()),
        fault: None,
    }
}

fn badge(standing: Standing, title: &str, person: Option<&str>) -> BadgePage {
    BadgePage {
        site: site("/badges/0h7k2m9q4t6v8x1z3b5d7f9g1j"),
        id: "0h7k2m9q4t6v8x1z3b5d7f9g1j".into(),
        lineage: "2w4y6a8c0e2g4j6m8p0r2t4v6x".into(),
        checks: checks(&standing),
        title: title.into(),
        description: level(2).description,
        image_url: image(0, 2),
        level: Link::new("Master", "/achievements/software-craft.master"),
        program: Link::new("Software Craft", "/programs/software-craft"),
        issuer: Link::new("Northwind Cartography", "/issuers/northwind"),
        person: person.map(str::to_owned),
        team: person.map(|_| "Platform".to_owned()),
        awarded: at("2026-05-03T10:00:00Z"),
        resumed: matches!(standing, Standing::Valid { .. }).then(|| at("2026-10-01T10:00:00Z")),
        valid_until: Some(at("2028-05-03T10:00:00Z")),
        criteria_html: CRITERIA.into(),
        results: Reached::all(&content(), Some(&grades("Exemplary", "Solid"))),
        skills: skills(),
        narrative: person.map(|_| "Led the move of the tile service to streaming, wrote the note that three teams now follow, and taught two people to run it.".to_owned()),
        evidence_url: person.map(|_| "https://work.example/northwind/tile-service/streaming-migration-review-2026".to_owned()),
        evidence: vec![
            ShownEvidence {
                pointer: "/evidence/1".into(),
                name: "Tiles without a stop".into(),
                genre: Some("Link".into()),
                url: Some("https://work.example/northwind/tiles".into()),
                description: Some("How the move was planned, and what came of it.".into()),
                html: None,
            },
            ShownEvidence {
                pointer: "/evidence/3".into(),
                name: LONG_NAME.into(),
                genre: Some("Text".into()),
                url: None,
                description: None,
                html: Some("<p>It went well.</p>".into()),
            },
        ],
        evidence_kept: 1,
        panel: Some("A panel of 3 assessors from Design and Engineering found on 3 May 2026 that the evidence meets the criteria of “Master” (version 2). Each scored it alone against the published rubric before the panel settled on the result.".to_owned()),
        appealed: None,
        said: said_for(),
        version: Link::new("2", "/achievements/software-craft.master/versions/2"),
        ladder: LEVELS
            .iter()
            .enumerate()
            .map(|(at, level)| Rung {
                level: Link::new(*level, format!("/achievements/software-craft.{}", level.to_lowercase())),
                here: at == 1,
                next: at == 2,
            })
            .collect(),
        people: vec![said_by_person()],
        can_be_endorsed: true,
        linkedin_url: "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME".into(),
        card_url: "https://badges.northwind.example/badges/0h7k2m9q4t6v8x1z3b5d7f9g1j/card.png?0123456789".into(),
        public: false,
        own: false,
        has_jwt: true,
        standing,
    }
}

fn checks(standing: &Standing) -> Vec<Check> {
    let status = match standing {
        Standing::Suspended { .. } => (Outcome::Failed, "suspended", "The issuer suspended it."),
        Standing::Revoked { .. } => (Outcome::Failed, "revoked", "The issuer revoked it."),
        _ => (Outcome::Passed, "not_revoked", "The issuer has not revoked it."),
    };
    [
        (CheckName::Proof, (Outcome::Passed, "proof_holds", "The signature holds.")),
        (CheckName::Issuer, (Outcome::Passed, "known", "The issuer is known here.")),
        (CheckName::Status, status),
    ]
    .map(|(check, (outcome, code, message))| Check { check, outcome, code: code.into(), message: message.into() })
    .into()
}

fn standings() -> Vec<(&'static str, Standing)> {
    vec![
        ("valid", Standing::Valid { until: Some(at("2028-05-03T10:00:00Z")) }),
        ("endless", Standing::Valid { until: None }),
        ("expiring", Standing::Expiring { until: at("2026-12-06T10:00:00Z") }),
        ("expired", Standing::Expired { on: at("2026-08-20T10:00:00Z") }),
        ("superseded", Standing::Superseded { by: "/certifications/b".into() }),
        ("revoked", Standing::Revoked { on: at("2026-11-24T10:00:00Z"), reason: None }),
        (
            "revoked-with-reason",
            Standing::Revoked {
                on: at("2026-11-24T10:00:00Z"),
                reason: Some("It was issued to the wrong person.".into()),
            },
        ),
        ("not-yet", Standing::NotYet { from: at("2027-01-01T10:00:00Z") }),
        ("suspended", Standing::Suspended { on: at("2026-11-24T10:00:00Z"), reason: None }),
        (
            "suspended-with-reason",
            Standing::Suspended {
                on: at("2026-11-24T10:00:00Z"),
                reason: Some("What it was given for is looked at again.".into()),
            },
        ),
    ]
}

fn verified(verdict: Verdict, failing: Option<(CheckName, Outcome, &str, &str)>) -> VerifyPage {
    let passed = [
        (CheckName::Format, "The document is an Open Badges 3.0 credential."),
        (CheckName::Proof, "The signature is genuine and the document is unaltered."),
        (CheckName::Issuer, "The issuer is Northwind Cartography, which is known here."),
        (CheckName::Status, "The issuer has not revoked it."),
        (CheckName::Dates, "It is valid now, until 3 May 2028."),
    ];
    let mut checks: Vec<_> = passed
        .iter()
        .map(|(check, message)| Check {
            check: *check,
            outcome: Outcome::Passed,
            code: "ok".into(),
            message: (*message).into(),
        })
        .collect();
    let mut believed = true;
    if let Some((name, outcome, code, message)) = failing {
        believed = !matches!(name, CheckName::Format | CheckName::Proof);
        for check in checks.iter_mut().skip_while(|check| check.check != name) {
            let own = check.check == name;
            if own || !believed {
                check.outcome = if own { outcome } else { Outcome::Unchecked };
                check.code = if own { code.into() } else { "not_reached".into() };
                check.message =
                    if own { message.into() } else { "Not looked at, because an earlier check failed.".into() };
            }
        }
    }
    let claims = Claims {
        kind: CredentialKind::Badge,
        credential_id: "http://localhost:8080/badges/0h7k2m9q4t6v8x1z3b5d7f9g1j".into(),
        name: "Software Craft: Master".into(),
        description: None,
        issuer_id: "did:web:localhost%3A8080".into(),
        issuer_name: Some("Northwind Cartography".into()),
        issuer_url: None,
        subject_id: None,
        achievement_id: "x".into(),
        achievement_name: "Software Craft: Master".into(),
        achievement_description: "Leads work others rely on.".into(),
        achievement_type: None,
        achievement_version: None,
        criteria_id: None,
        criteria_narrative: Some("Two pieces of work in use.\n\nA design note.".into()),
        image: None,
        narrative: None,
        tags: vec![],
        alignments: vec![],
        evidence: vec![],
        results: vec![],
        further: vec![],
        valid_from: at("2026-05-03T10:00:00Z"),
        valid_until: Some(at("2028-05-03T10:00:00Z")),
        document: json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Software Craft: Master"}),
    };
    VerifyPage {
        site: site("/verify"),
        form: VerifyForm::default(),
        result: Some(VerifyResult {
            report: Report {
                verdict,
                checks,
                claims: believed.then_some(claims),
                standard: Some("Open Badges 3.0".into()),
                checked_at: at("2026-11-24T14:02:00Z"),
                endorsements: Vec::new(),
                endorsements_left_aside: 0,
            },
            fetched: vec![],
            refreshed: None,
            page_url: believed.then(|| "/badges/x".into()),
            has_newer: false,
            image_url: believed.then(|| image(0, 2)),
            person: believed.then(|| "Ana Lindqvist".into()),
            again: Some(Again { link: None, badge: Some("e30=".into()), email: None, refresh: false }),
        }),
    }
}

fn credential(id: &str, from: &str, until: &str, standing: Standing) -> EarlierCredential {
    EarlierCredential { id: id.into(), awarded: at(from), valid_until: Some(at(until)), standing }
}

/// Every page, by the name of its file.
fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<(String, askama::Result<String>)> = vec![
        ("wall".into(), wall().render()),
        ("wall-empty".into(), WallPage { site: site("/"), newest: vec![], levels: vec![], teams: vec![] }.render()),
        (
            "programs".into(),
            ProgramsPage {
                site: site("/programs"),
                programs: ["Software Craft", LONG_TITLE]
                    .iter()
                    .map(|name| ProgramSummary {
                        url: "/programs/software-craft".into(),
                        name: (*name).into(),
                        description:
                            "How we build software that people can rely on: three levels, each shown on real work."
                                .into(),
                        levels: (0..3).map(level).collect(),
                    })
                    .collect(),
            }
            .render(),
        ),
        ("programs-empty".into(), ProgramsPage { site: site("/programs"), programs: vec![] }.render()),
        (
            "program".into(),
            ProgramPage {
                site: site("/programs/software-craft"),
                name: "Software Craft".into(),
                description: "How we build software that people can rely on: three levels, each shown on real work."
                    .into(),
                issuer: Link::new("Northwind Cartography", "/issuers/northwind"),
                policies: vec![PolicyShown {
                    title: "How old work may be".into(),
                    text_html: "<p>Work older than two years is not looked at.</p>".into(),
                    since: at("2026-05-03T10:00:00Z"),
                }],
                file_url: "/programs/software-craft.toml".into(),
                levels: (0..3).map(level).collect(),
                newest: (0..4).map(wall_badge).collect(),
            }
            .render(),
        ),
        (
            "achievement".into(),
            AchievementPage {
                site: site("/achievements/software-craft.professional"),
                name: "Professional".into(),
                description: level(1).description,
                program: Link::new("Software Craft", "/programs/software-craft"),
                issuer: Link::new("Northwind Cartography", "/issuers/northwind"),
                image_url: image(0, 1),
                step: 2,
                steps: 3,
                before: Some(Link::new("Practitioner", "/achievements/software-craft.practitioner")),
                next: Some(Link::new("Master", "/achievements/software-craft.master")),
                version: "1".into(),
                coming: coming(),
                asks: asks(),
                enrol_url: "/me/enrol/software-craft.professional".into(),
                history_url: "/achievements/software-craft.professional/versions".into(),
                validity: Period::parse("P2Y").ok(),
                renewal_window: Period::parse("P90D").ok(),
                json_url: "/achievements/software-craft.professional.json".into(),
                holders: 9,
                said: said_for(),
            }
            .render(),
        ),
        (
            "issuer".into(),
            IssuerPage {
                site: site("/issuers/northwind"),
                name: "Northwind Cartography".into(),
                url: "https://northwind.example".into(),
                email: Some("badges@northwind.example".into()),
                image_url: None,
                did: "did:web:localhost%3A8080".into(),
                did_document_url: "http://localhost:8080/.well-known/did.json".into(),
                json_url: "/issuers/northwind.json".into(),
                keys: [None, Some(at("2026-05-01T00:00:00Z"))]
                    .into_iter()
                    .map(|retired| IssuerKey {
                        id: "did:web:localhost%3A8080#key-4h7k2m9q4t6v8x1z3b5d7f9g1j".into(),
                        public: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2Q".into(),
                        since: at("2025-02-01T00:00:00Z"),
                        retired,
                    })
                    .collect(),
                programs: vec![Link::new("Software Craft", "/programs/software-craft")],
            }
            .render(),
        ),
        (
            "certification".into(),
            CertificationPage {
                appealed: None,
                site: site("/certifications/2w4y6a8c0e2g4j6m8p0r2t4v6x"),
                lineage: "2w4y6a8c0e2g4j6m8p0r2t4v6x".into(),
                title: "Software Craft: Master".into(),
                image_url: image(0, 2),
                level: Link::new("Master", "/achievements/software-craft.master"),
                program: Link::new("Software Craft", "/programs/software-craft"),
                issuer: Link::new("Northwind Cartography", "/issuers/northwind"),
                person: Some("Ana Lindqvist".into()),
                current: credential("c", "2026-05-03T10:00:00Z", "2028-05-03T10:00:00Z", standings()[0].1.clone()),
                earlier: vec![
                    credential("b", "2024-05-03T10:00:00Z", "2026-05-03T10:00:00Z", standings()[4].1.clone()),
                    credential("a", "2022-05-03T10:00:00Z", "2024-05-03T10:00:00Z", standings()[3].1.clone()),
                ],
                held_since: at("2022-05-03T10:00:00Z"),
                public: true,
                card_url: "https://badges.northwind.example/badges/x/card.png?0123456789".into(),
                renewal: Some(Stand::Open { end: at("2028-05-03T10:00:00Z") }),
            }
            .render(),
        ),
        ("verify".into(), VerifyPage { site: site("/verify"), form: VerifyForm::default(), result: None }.render()),
        (
            "verify-problem".into(),
            VerifyPage {
                site: site("/verify"),
                form: VerifyForm {
                    problem: Some("Give us a link, a file or the text of a badge.".into()),
                    ..VerifyForm::default()
                },
                result: None,
            }
            .render(),
        ),
        ("verify-valid".into(), verified(Verdict::Valid, None).render()),
        (
            "verify-revoked".into(),
            verified(
                Verdict::Invalid,
                Some((CheckName::Status, Outcome::Failed, "revoked", "The issuer has revoked this badge.")),
            )
            .render(),
        ),
        (
            "verify-altered".into(),
            verified(
                Verdict::Invalid,
                Some((CheckName::Proof, Outcome::Failed, "altered", "The document was changed after it was signed.")),
            )
            .render(),
        ),
        (
            "verify-expired".into(),
            verified(
                Verdict::Attention,
                Some((CheckName::Dates, Outcome::Failed, "expired", "It ended on 3 May 2026.")),
            )
            .render(),
        ),
        (
            "verify-unknown".into(),
            verified(
                Verdict::Unknown,
                Some((
                    CheckName::Status,
                    Outcome::Unchecked,
                    "status_unreadable",
                    "We could not read the status list at 14:02; the badge itself is genuine.",
                )),
            )
            .render(),
        ),
        ("api".into(), ApiPage::from_document(site("/api"), &openapi()).render()),
    ];
    pages.extend(samples_way::pages());
    for (name, standing) in standings() {
        let page = badge(standing, "Software Craft: Master", Some("Ana Lindqvist"));
        pages.push((format!("badge-{name}"), page.render()));
    }
    pages.extend(versions());
    pages.extend(panel_samples::pages());
    pages.extend(governing::pages());
    pages.extend(apps::pages());
    pages.push(("badge-long".into(), badge(standings()[2].1.clone(), LONG_TITLE, Some(LONG_NAME)).render()));
    let mut bare = badge(standings()[1].1.clone(), "Master", None);
    bare.skills.clear();
    bare.valid_until = None;
    pages.push(("badge-bare".into(), bare.render()));
    for status in [404, 410, 429, 500] {
        let page =
            ErrorPage { site: site("/x"), status, detail: None, request_id: (status == 500).then(|| "7f3a9c".into()) };
        pages.push((format!("error-{status}"), page.render()));
    }
    pages.into_iter().map(|(name, page)| (name, page.expect("a page renders"))).collect()
}

fn openapi() -> serde_json::Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Laurel API", "version": "1" },
        "paths": {
            "/api/v1/awards": {
                "post": {
                    "summary": "Give one award or many.",
                    "parameters": [{ "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string" }, "description": "The same key and body give the same award." }],
                    "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewAward" } } } },
                    "responses": { "201": { "description": "Issued.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Award" } } } }, "422": { "description": "Something is wrong with a field." } }
                }
            },
            "/api/v1/awards/{id}/revoke": { "post": { "summary": "Revoke an award, for ever.", "responses": { "200": { "description": "Revoked." } } } }
        },
        "components": { "schemas": {
            "NewAward": { "type": "object", "required": ["email", "level"], "properties": { "email": { "type": "string", "format": "email", "description": "Where the person can be reached." }, "level": { "type": "string" }, "evidence_url": { "type": ["string", "null"], "format": "uri" } } },
            "Award": { "type": "object", "description": "An award as the record has it.", "properties": { "id": { "type": "string" } } }
        } }
    })
}

#[test]
fn every_page_renders_and_keeps_to_the_content_policy() {
    let pages = pages();
    for (name, page) in &pages {
        assert!(page.contains("<h1") && page.contains("<html lang=\"en\">"), "{name} has no title or language");
        for forbidden in [" style=", "<style", "<script>", "javascript:", " onclick", "data:image"] {
            assert!(!page.contains(forbidden), "{name} contains {forbidden}");
        }
    }
    write_to_look_at(&pages);
}

#[test]
fn a_badge_page_says_its_state_first_and_is_indexed_only_when_public() {
    let page = badge(standings()[5].1.clone(), "Master", None);
    let html = page.render().expect("renders");
    let (state, title) = (html.find("Revoked on 24 November 2026"), html.find("<h1"));
    assert!(state.is_some() && html.find("class=\"status").is_some_and(|at| Some(at) < title));
    assert!(html.contains("noindex") && html.contains("The holder") && !html.contains("linkedin"));
    let page = BadgePage { public: true, ..badge(standings()[0].1.clone(), "Master", None) };
    assert!(!page.render().expect("renders").contains("noindex"));
}

#[test]
fn an_altered_badge_shows_nothing_of_what_it_claims() {
    let failing = Some((CheckName::Proof, Outcome::Failed, "altered", "The document was changed."));
    let html = verified(Verdict::Invalid, failing).render().expect("renders");
    assert!(html.contains("This badge cannot be trusted") && html.contains("The document was changed."));
    assert!(!html.contains("Software Craft"));
}

#[test]
fn what_people_wrote_is_never_markup() {
    let mut page = badge(standings()[0].1.clone(), "<script>alert(1)</script>", Some("\"><img src=x>"));
    page.narrative = Some("<b>bold</b>".into());
    let html = page.render().expect("renders");
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x>") && !html.contains("<b>bold"));
}

fn write_to_look_at(pages: &[(String, String)]) {
    let Some(folder) = std::env::var_os("LAUREL_LOOK").map(std::path::PathBuf::from) else { return };
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    };
    for (name, page) in pages {
        write(&format!("{name}.html"), page.as_bytes());
    }
    for name in ["laurel.css", "copy.js", "icon.svg", "fonts/source-serif-600.woff2"] {
        let url = assets::url(name);
        write(&url, &assets::find(url.trim_start_matches("/assets/")).expect("there").bytes);
    }
    for (program, accent) in ["#2F5D3A", "#2B5C8A"].iter().enumerate() {
        for level in 0..3 {
            let design = Design { accent: Colour::parse(accent), level: level + 1, levels: 3 };
            write(&image(program, level as usize), badge_svg(&design).as_bytes());
        }
    }
    for (name, standing) in standings() {
        let (title, person) = match name {
            "valid" => ("Software Craft: Master", Some("Ana Lindqvist")),
            "expiring" => (LONG_TITLE, Some(LONG_NAME)),
            _ => ("Software Craft: Professional", None),
        };
        let design = Design { accent: Colour::parse("#2F5D3A"), level: 3, levels: 3 };
        let facts = CardFacts {
            title: title.into(),
            person: person.map(str::to_owned),
            issuer: "Northwind Cartography".into(),
            standing: standing.headline(&site("/")),
            tone: standing.tone(),
            picture: CardPicture::Svg(badge_svg(&design)),
        };
        let card = card_png(&facts, &Typefaces::bundled());
        write(&format!("card-{name}.png"), &card.expect("drawn"));
    }
}
