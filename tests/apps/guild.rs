//! Badges of a guild elsewhere, whose keys are its name.

use crate::elsewhere::{guild_facts, signed_by_guild};
use laurel::credential::document::AchievementFacts;

/// A badge that is called `n`, for `title`, valid from this day of 2026.
pub fn badge(n: usize, title: &str, from: &str) -> String {
    let facts = AchievementFacts {
        credential_id: format!("https://guild.example/badges/{n}"),
        valid_from: format!("2026-{from}T00:00:00Z").parse().unwrap(),
        ..guild_facts(7, title, "Joins metal.")
    };
    // Written as no program of ours writes it, so that whoever reads and writes it anew is found out.
    serde_json::to_string_pretty(&signed_by_guild(7, &facts)).unwrap().replace("  ", "    ")
}
