//! Badges of issuers elsewhere: what they say, and how a guild signs them whose key is its name.

use laurel::credential::{
    did::did_key,
    document::{Achievement, AchievementFacts, IssuerFacts, StatusEntry, achievement_credential},
    key::SecretKey,
    proof::{ProofOptions, sign},
};
use serde_json::Value;

/// The first badge of an issuer at this origin, for what it calls `title`, valid since the beginning of 2026.
pub fn facts(origin: &str, (id, name): (&str, &str), (title, means): (&str, &str)) -> AchievementFacts {
    let achievement = format!("{origin}/achievements/1");
    AchievementFacts {
        endorsements: Vec::new(),
        awarded: None,
        credential_id: format!("{origin}/badges/1"),
        name: title.into(),
        description: None,
        issuer: IssuerFacts {
            id: id.into(),
            name: name.into(),
            url: None,
            email: None,
            description: None,
            image: None,
        },
        valid_from: "2026-01-01T00:00:00Z".parse().unwrap(),
        valid_until: None,
        subject_id: "urn:uuid:7f6a3c1e-52b0-4f5c-9c3d-0d6a5a1b2c3d".into(),
        email: None,
        salt: "s".into(),
        achievement: Achievement {
            id: achievement.clone(),
            version: None,
            name: title.into(),
            description: means.into(),
            achievement_type: None,
            criteria_id: Some(achievement),
            criteria_narrative: None,
            image_id: None,
            tags: vec![],
            alignments: vec![],
            result_descriptions: vec![],
        },
        evidence: vec![],
        results: vec![],
        narrative: None,
        status: StatusEntry { list_url: format!("{origin}/status/1"), index: 0 },
    }
}

/// The same of the guild with the key of this seed.
pub fn guild_facts(seed: u8, title: &str, means: &str) -> AchievementFacts {
    let did = did_key(&SecretKey::from_seed(&[seed; 32]).public());
    facts("https://guild.example", (&did, "The Guild"), (title, means))
}

/// A badge of the guild, which keeps no status list.
pub fn signed_by_guild(seed: u8, facts: &AchievementFacts) -> Value {
    let key = SecretKey::from_seed(&[seed; 32]);
    let mut credential = achievement_credential(facts);
    credential.as_object_mut().unwrap().remove("credentialStatus");
    let did = did_key(&key.public());
    let method = format!("{did}#{}", did.trim_start_matches("did:key:"));
    let options = ProofOptions { created: "2026-01-01T00:00:00Z".parse().unwrap(), verification_method: method };
    sign(&credential, &options, &key).unwrap()
}
