//! Apps of others, and badges from elsewhere.

use super::*;
use crate::actions::{backpack::BackpackFault, platforms::Brought};
use crate::credential::summary::Form;
use crate::domain::backpack::{CameBy, Kept};

pub(super) fn pages() -> Vec<(String, askama::Result<String>)> {
    let may = vec![
        Permission::ReadCredentials,
        Permission::UpsertCredentials,
        Permission::ReadProfile,
        Permission::UpdateProfile,
    ];
    let consent = ConsentPage {
        site: site("/oauth/authorize"),
        person: LONG_NAME.into(),
        app: LONG_TITLE.into(),
        host: "wallet.example:8443".into(),
        website: Some("https://wallet.example".into()),
        policy: Some("https://wallet.example/privacy".into()),
        terms: None,
        may: may.clone(),
        lasts: true,
        request: vec![("state".into(), "\"><script>".into())],
    };
    let app = |name: &str, used: Option<&str>| AppRow {
        id: "1".into(),
        name: name.into(),
        host: "wallet.example".into(),
        may: may.clone(),
        since: at("2026-03-01T00:00:00Z"),
        used: used.map(at),
    };
    let apps = AppsPage {
        site: site("/me/apps"),
        apps: vec![app("Badge Wallet", Some("2026-11-20T09:00:00Z")), app(LONG_TITLE, None)],
    };
    let brought = Brought {
        platform: "Badge Wallet".into(),
        new: 59,
        known: 1,
        refused: vec![BackpackFault::NotGenuine("The document was changed.".into()), BackpackFault::Unproven],
    };
    vec![
        ("consent".into(), consent.render()),
        ("no-consent".into(), NoConsentPage { site: site("/oauth/authorize"), unknown_app: false }.render()),
        ("apps".into(), apps.render()),
        ("apps-none".into(), AppsPage { site: site("/me/apps"), apps: vec![] }.render()),
        ("backpack".into(), backpack(1_900).render()),
        ("backpack-none".into(), BackpackPage { badges: vec![], count: 0, bytes: 0, ..backpack(0) }.render()),
        ("kept".into(), kept().render()),
        (
            "platform".into(),
            PlatformPage {
                site: site("/me/platforms"),
                name: LONG_TITLE.into(),
                host: "badges.example.org".into(),
                leads_to: "https://badges.example.org/allow?a=b&c=d".into(),
            }
            .render(),
        ),
        ("brought".into(), BroughtPage { site: site("/me/platforms/back"), brought: Ok(brought) }.render()),
        (
            "brought-none".into(),
            BroughtPage { site: site("/me/platforms/back"), brought: Err(Some("it answers with status 500".into())) }
                .render(),
        ),
    ]
}

fn backpack(count: i64) -> BackpackPage {
    let badge = |title: Option<&str>, media_type: &str, ends: Option<&str>| Kept {
        id: "1".into(),
        person_id: "p".into(),
        file_name: "my badge.png".into(),
        media_type: media_type.into(),
        size: 34_567,
        form: Form::Credential,
        same: String::new(),
        title: title.map(str::to_owned),
        issuer: title.map(|_| "The Guild".to_owned()),
        issued_at: at("2026-03-01T00:00:00Z"),
        ends_at: ends.map(at),
        by: CameBy::App,
        from: Some("Badge Wallet".into()),
        added_at: at("2026-11-20T09:00:00Z"),
    };
    BackpackPage {
        site: site("/me/backpack"),
        badges: vec![
            badge(Some("Welder"), "image/png", None),
            badge(Some(LONG_TITLE), "application/json", Some("2026-05-01T00:00:00Z")),
            badge(None, "application/json", Some("2030-05-01T00:00:00Z")),
        ],
        count,
        bytes: 12_345_678,
        next_url: Some("/me/backpack?after=1.1".into()),
        problem: Some(BackpackFault::NotGenuine("The document was changed.".into())),
        text: String::new(),
        address: "https://guild.example/<1>".into(),
        platform: "badges.example.org".into(),
        platform_problem: Some("it can't be reached".into()),
    }
}

fn kept() -> KeptPage {
    let kept = backpack(0).badges.remove(1);
    let result = verified(Verdict::Valid, None).result.expect("there is one");
    KeptPage { site: site("/me/backpack/1"), kept, result, came: "older".into() }
}
