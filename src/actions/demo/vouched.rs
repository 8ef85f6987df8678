//! What colleagues say for a badge of the story, each signed in their own name; its holder shows it.

use super::{
    company::{CHIDINMA, FREYA, MATEUS, Who},
    pilot::PROFESSIONAL,
    stage::Stage,
};
use crate::{
    actions::{
        ActionError,
        vouching::{answer::answer, give::give},
    },
    domain::personal_endorsement::{Standing, Words},
    store::personal_endorsements,
};

/// Some weeks after the badge.
pub(super) const DAYS_AGO: i64 = 380;

/// By whom, for which skill of the badge if not for all of it, and in which words.
const SAID: [(Who, &str, &str); 2] = [
    (
        FREYA,
        "",
        "We fly by what Mateus designed, and have not called him out of bed once. He explains a hard choice so that pilots can weigh it.",
    ),
    (
        CHIDINMA,
        "1",
        "I changed his flight planner without asking him anything. The note beside it had the answer before I had the question.",
    ),
];

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), ActionError> {
    let app = stage.app();
    let award = stage.award(MATEUS, PROFESSIONAL)?.to_owned();
    for (who, skill, comment) in SAID {
        let words = Words {
            comment: comment.to_owned(),
            language: "en".to_owned(),
            skill: skill.to_owned(),
            ..Words::default()
        };
        give(app, &stage.person(who).await?, &award, &words).await?;
    }
    let holder = stage.person(MATEUS).await?;
    let said = personal_endorsements::of_award(&mut app.db.read().await?, &award).await?;
    for one in said {
        answer(app, &holder, &one.said.id, Standing::Shown.as_str()).await?;
    }
    Ok(())
}
