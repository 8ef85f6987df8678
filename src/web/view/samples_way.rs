//! The pages of the way to a level with made-up data; part of samples.rs.

use askama::Template;
use jiff::Timestamp;

use super::samples::{LONG_NAME, site};
use super::*;
use crate::actions::wallet::Told;
use crate::domain::award::Visibility;
use crate::domain::enrolment::{EnrolmentRefused, EnrolmentState};
use crate::domain::evidence::StoredFile;
use crate::domain::media::Media;
use crate::domain::progress::StepState;
use crate::domain::requirement::{ConfirmedBy, ElectiveGroup, Route, RouteKind};
use crate::domain::submission::SubmissionState;

pub fn pages() -> Vec<(String, askama::Result<String>)> {
    let none = WaysPage { site: site("/me/path"), ways: vec![], ended: vec![] };
    let ended = WayView { state: EnrolmentState::Withdrawn, ended_at: Some(at("2026-03-01T00:00:00Z")), ..way() };
    let ways =
        WaysPage { site: site("/me/path"), ways: vec![way(), WayView { said: None, ..way() }], ended: vec![ended] };
    let one = WayPage {
        site: site("/me/path/x"),
        way: way(),
        notes: notes(),
        problems: vec!["Give it a title.".into()],
        note: "Typed".into(),
    };
    let badge = |id: &str, standing, visibility| OwnBadge {
        id: id.into(),
        title: "Software Craft: Professional, for maps that a whole continent reads every day".into(),
        image_url: "/images/x.svg".into(),
        url: if visibility == Visibility::Private { "/me/badges/x".into() } else { "/certifications/x".into() },
        reason: matches!(standing, Standing::Suspended { .. }).then(|| LONG_NAME.into()),
        standing,
        visibility,
    };
    let on = at("2026-03-01T00:00:00Z");
    let badges = OwnBadgesPage {
        site: site("/me/badges"),
        named: true,
        badges: vec![
            badge("b1", Standing::Valid { until: None }, Visibility::Public),
            badge("b2", Standing::Expiring { until: on }, Visibility::Link),
            badge("b4", Standing::Suspended { on, reason: None }, Visibility::Link),
            badge("b3", Standing::Revoked { on, reason: None }, Visibility::Private),
        ],
    };
    let wallet = |step| WalletPage {
        site: site("/me/badges/b1/wallet"),
        id: "b1".into(),
        title: "Software Craft: Professional, for maps that a whole continent reads every day".into(),
        image_url: "/images/x.svg".into(),
        standing: Standing::Valid { until: None },
        step,
    };
    let copy = WalletCopy {
        at: on,
        format: "ldp_vc",
        holder: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK".into(),
    };
    let wallet_start = wallet(WalletStep::Start { may: true, given: vec![copy] });
    let wallet_ended = wallet(WalletStep::Start { may: false, given: vec![] });
    let link = format!("openid-credential-offer://?credential_offer={}", "x".repeat(420));
    let wallet_offer = wallet(WalletStep::Offer(WalletOffer {
        qr: crate::web::qr::Qr::of(&link),
        link,
        code: "x".into(),
        minutes: 10,
        until: on,
    }));
    let told = Told { award_id: "b1".into(), tx_code: "042917".into(), expires_at: on };
    let wallet_code = |told| WalletCode { site: site("/me/wallet/code"), told };
    let present = |step| PresentPage { site: site("/present"), step };
    let request = format!("openid4vp://?client_id=decentralized_identifier%3Adid%3Aweb%3A{}", "x".repeat(60));
    let present_waiting = present(PresentStep::Waiting {
        qr: crate::web::qr::Qr::of(&request),
        link: request,
        again: "/present/x".into(),
        until: on,
    });
    let no_badges = OwnBadgesPage { site: site("/me/badges"), named: false, badges: vec![] };
    let enrol = EnrolPage {
        site: site("/me/enrol/x"),
        id: "x".into(),
        level: Link::new("Professional", "/achievements/x"),
        version: 3,
        renewal: false,
        refused: None,
        asked: vec!["Practitioner first".into(), "Design".into()],
        assessed: true,
    };
    let renewing = EnrolPage {
        site: site("/me/enrol/x"),
        id: "x".into(),
        level: Link::new("Professional", "/achievements/x"),
        version: 3,
        renewal: true,
        refused: None,
        asked: vec!["A talk".into()],
        assessed: false,
    };
    let held = EnrolPage {
        site: site("/me/enrol/x"),
        id: "x".into(),
        level: Link::new("Professional", "/achievements/x"),
        version: 3,
        renewal: false,
        refused: Some(EnrolmentRefused::HeldUntil(at("2028-08-26T12:00:00Z"))),
        asked: Vec::new(),
        assessed: true,
    };
    let waiting = WaitingView {
        id: "w".into(),
        learner: "Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos".into(),
        level: Link::new("Professional", "/achievements/x"),
        program: "Software Craft".into(),
        since: at("2026-10-01T00:00:00Z"),
    };
    let mentoring = MentoringPage { site: site("/mentor"), learners: vec![way(), way()], waiting: vec![waiting] };
    let alone = MentoringPage { site: site("/mentor"), learners: vec![], waiting: vec![] };
    let learner = LearnerPage {
        site: site("/me/learners/x"),
        way: way(),
        notes: Some(notes()),
        gives: true,
        sees_work: true,
        releases: true,
        mentors: vec![("m".into(), "Olu Adeyemi".into())],
        closes: true,
        problems: vec![],
        note: String::new(),
        reason: String::new(),
    };
    let row = |work, mentor: Option<&str>| LearnerRow {
        url: "/me/learners/x".into(),
        name: "Ana Lindqvist".into(),
        level: "Professional".into(),
        mentor: mentor.map(str::to_owned),
        mentor_wanted: true,
        work,
        since: at("2026-10-01T00:00:00Z"),
    };
    let learners = LearnersPage {
        site: site("/me/learners"),
        program: "Software Craft".into(),
        programs: vec![Link::new("Data", "/me/learners?program=data")],
        rows: vec![row(None, None), row(Some(SubmissionState::Submitted), Some("Olu Adeyemi"))],
        waiting: false,
        other_url: "/me/learners?program=craft&waiting=1".into(),
        next_url: Some("/me/learners?program=craft&after=1.x".into()),
    };
    let handed_in = SubmissionPage {
        state: SubmissionState::Submitted,
        submitted_at: Some(at("2026-11-20T00:00:00Z")),
        untouched: true,
        ..submission()
    };
    let empty = SubmissionPage {
        evidence: vec![],
        statement: String::new(),
        missing: vec!["Design".into()],
        kept: Some("Other".into()),
        ..submission()
    };
    vec![
        ("ways".into(), ways.render()),
        ("ways-empty".into(), none.render()),
        ("own-badges".into(), badges.render()),
        ("own-badges-empty".into(), no_badges.render()),
        ("present".into(), present(PresentStep::Start { possible: true }).render()),
        ("present-without-key".into(), present(PresentStep::Start { possible: false }).render()),
        ("present-waiting".into(), present_waiting.render()),
        ("present-declined".into(), present(PresentStep::Declined).render()),
        ("present-ended".into(), present(PresentStep::Ended).render()),
        ("wallet".into(), wallet_start.render()),
        ("wallet-ended".into(), wallet_ended.render()),
        ("wallet-offer".into(), wallet_offer.render()),
        ("wallet-code".into(), wallet_code(Some(told)).render()),
        ("wallet-code-none".into(), wallet_code(None).render()),
        ("way".into(), one.render()),
        ("enrol".into(), enrol.render()),
        ("enrol-renewing".into(), renewing.render()),
        ("enrol-held".into(), held.render()),
        ("mentoring".into(), mentoring.render()),
        ("mentoring-empty".into(), alone.render()),
        ("learner".into(), learner.render()),
        ("learners".into(), learners.render()),
        ("submission".into(), submission().render()),
        ("submission-empty".into(), empty.render()),
        ("submission-handed-in".into(), handed_in.render()),
    ]
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn way() -> WayView {
    WayView {
        id: "e".into(),
        level: Link::new("Professional", "/achievements/x"),
        program: Link::new("Software Craft", "/programs/software-craft"),
        version: Link::new("3", "/achievements/x/versions/3"),
        renewal: false,
        state: EnrolmentState::Active,
        learner: "Ana Lindqvist".into(),
        mentor: Some("Olu Adeyemi".into()),
        mentor_wanted: false,
        enrolled_at: at("2026-09-01T00:00:00Z"),
        ended_at: None,
        due: Some(at("2027-02-01T00:00:00Z")),
        finish_by: Some((at("2027-03-01T00:00:00Z"), "/achievements/x/versions".into())),
        said: Some("The design is sound.\nThe review of the incident is missing.".into()),
        over: None,
        lacking: Some("A review of one incident you led".into()),
        missing_by: Some(at("2027-02-01T00:00:00Z")),
        must: vec![part("first", StepState::Held), part("design", StepState::Missing)],
        any: vec![(
            ElectiveGroup { id: "beyond".into(), name: "Beyond the code".into(), choose: 1 },
            vec![part("talk", StepState::Met { route: "course".into() }), part("writing", StepState::Spare)],
        )],
        done: 2,
        all: 3,
        assessed: true,
        ready: false,
        submissions: vec![SubmissionRow {
            id: "s".into(),
            number: 1,
            state: SubmissionState::Decided,
            updated_at: at("2026-10-01T00:00:00Z"),
            submitted_at: Some(at("2026-10-01T00:00:00Z")),
        }],
    }
}

fn part(name: &str, state: StepState) -> PartView {
    let met = matches!(state, StepState::Met { .. });
    let route =
        |confirmed_by, kind| Route { id: "course".into(), name: "The design course".into(), kind, confirmed_by };
    let badge = RouteKind::OutsideBadge { issuer: "did:web:guild.example".into(), achievement: None };
    PartView {
        id: name.into(),
        name: name.to_uppercase(),
        description: "Shown on a change that others rely on.".into(),
        level_url: (state == StepState::Held).then(|| "/achievements/y".into()),
        met_by: met.then(|| "The design course".into()),
        met_at: met.then(|| at("2026-09-20T00:00:00Z")),
        met_note: met.then(|| "Was there".into()),
        routes: vec![
            RouteView { route: route(ConfirmedBy::Mentor, RouteKind::Coursework), brings: false, confirms: true },
            RouteView { route: route(ConfirmedBy::Verification, badge), brings: true, confirms: false },
        ],
        undoes: met,
        state,
    }
}

fn notes() -> Vec<NoteView> {
    let note = |mine, author: &str| NoteView {
        mine,
        author: author.into(),
        text: "Shall we look at it on Friday?\nAt ten.".into(),
        at: at("2026-11-20T10:00:00Z"),
    };
    vec![note(true, "Ana Lindqvist"), note(false, "Olu Adeyemi")]
}

fn submission() -> SubmissionPage {
    let row = |id: &str, kind, file| EvidenceRow {
        id: id.into(),
        kind,
        title: "How we moved the tiles".into(),
        note: "The talk to the team, and what came of it.".into(),
        public: id == "2",
        url: (kind == "link").then(|| "https://northwind.example/changes/7".into()),
        text: (kind == "text").then(|| "One\ntwo".into()),
        held_on: (kind == "session").then(|| jiff::civil::date(2026, 11, 3)),
        file,
    };
    let file = |name: &str, received, sha256: Option<&str>| {
        let sha256 = sha256.map(str::to_owned);
        Some(StoredFile { name: name.into(), media: Some(Media::Mp4), size: 90_000_000, received, sha256 })
    };
    SubmissionPage {
        site: site("/me/submissions/s"),
        id: "s".into(),
        number: 2,
        state: SubmissionState::Draft,
        level: Link::new("Professional", "/me/path/e"),
        learner: "Ana Lindqvist".into(),
        statement: "I led the move of the tiles.".into(),
        kept: None,
        revision: 4,
        submitted_at: None,
        evidence: vec![
            row("1", "file", file("talk.mp4", 90_000_000, Some("00"))),
            row(
                "2",
                "file",
                file("a-very-long-name-of-a-file-that-does-not-fit-on-a-phone-at-all.mp4", 12_000_000, None),
            ),
            row("3", "link", None),
            row("4", "text", None),
            row("5", "session", None),
        ],
        missing: vec![],
        untouched: false,
        own: true,
        active: true,
        problems: vec![],
        new: NewEvidence::default(),
        most_file: 50,
        most_video: 1024,
        most_together: 2048,
    }
}
