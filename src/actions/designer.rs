//! A badge that an owner designed becomes the picture of a level in a draft of the program: it counts once that is published, by the same way as
//! everything else that changes a level.

use super::{
    ActionError, App,
    drafts::{self, owner},
    export_program::program_with,
};
use crate::{
    domain::{
        actor::Actor,
        designer::{Choice, ChoiceRequest},
        field::FieldError,
    },
    store::{drafts::Draft, levels},
};

/// Begins a draft of the program as it is published, with this picture for this level.
pub async fn begin_draft(
    app: &App,
    actor: &Actor,
    program_id: &str,
    level_id: &str,
    asked: &ChoiceRequest,
) -> Result<Draft, ActionError> {
    owner(actor, program_id)?;
    let choice = Choice::checked(asked).map_err(ActionError::Invalid)?;
    let mut conn = app.db.read().await?;
    if !levels::of_program(&mut conn, program_id).await?.iter().any(|level| level.id == level_id) {
        return Err(ActionError::Invalid(vec![FieldError::new("level", "is no level of this program")]));
    }
    let file = program_with(&mut conn, program_id, level_id, &choice.svg()).await?;
    drop(conn);
    drafts::begin(app, actor, program_id, &file).await
}
