//! Badges of a guild elsewhere, whose keys are its name.

use laurel::credential::{
    did::did_key,
    document::{Achievement, AchievementFacts, IssuerFacts, StatusEntry, achievement_credential},
    key::SecretKey,
    proof::{ProofOptions, sign},
};
use serde_json::Value;

/// A badge that is called `n`, for `title`, valid from this day of 2026.
pub fn badge(n: usize, title: &str, from: &str) -> String {
    let key = SecretKey::from_seed(&[7; 32]);
    let did = did_key(&key.public());
    let achievement = "https://guild.example/achievements/1";
    let facts = AchievementFacts {
        endorsements: Vec::new(),
        credential_id: format!("https://guild.example/badges/{n}"),
        name: title.into(),
        description: None,
        issuer: IssuerFacts {
            id: did.clone(),
            name: "The Guild".into(),
            url: None,
            email: None,
            description: None,
            image: None,
        },
        valid_from: format!("2026-{from}T00:00:00Z").parse().unwrap(),
        valid_until: None,
        subject_id: "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d".into(),
        email: None,
        salt: "s".into(),
        achievement: Achievement {
            id: achievement.into(),
            version: None,
            name: title.into(),
            description: "Joins metal.".into(),
            achievement_type: None,
            criteria_id: Some(achievement.into()),
            criteria_narrative: None,
            image_id: None,
            tags: vec![],
            alignments: vec![],
            result_descriptions: vec![],
        },
        evidence: vec![],
        results: vec![],
        narrative: None,
        status: StatusEntry { list_url: "https://guild.example/status/1".into(), index: 0 },
    };
    let mut credential = achievement_credential(&facts);
    credential.as_object_mut().unwrap().remove("credentialStatus");
    let method = format!("{did}#{}", did.trim_start_matches("did:key:"));
    let options = ProofOptions { created: "2026-01-01T00:00:00Z".parse().unwrap(), verification_method: method };
    let signed: Value = sign(&credential, &options, &key).unwrap();
    // Written as no program of ours writes it, so that whoever reads and writes it anew is found out.
    serde_json::to_string_pretty(&signed).unwrap().replace("  ", "    ")
}
