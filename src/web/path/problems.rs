//! What is wrong with what was typed, in the reader's language: a sentence for each field. What is not about a field stays an error.

use crate::{actions::ActionError, web::text::Text};

/// The sentences, or the error when it is of another kind.
pub fn sentences(t: &Text, why: ActionError) -> Result<Vec<String>, ActionError> {
    let ActionError::Invalid(faults) = why else { return Err(why) };
    let mut found: Vec<String> = Vec::new();
    for fault in faults {
        let sentence = of_field(t, &fault.field).unwrap_or_else(|| fault.to_string());
        if !found.contains(&sentence) {
            found.push(sentence);
        }
    }
    Ok(found)
}

/// What files are taken.
pub fn of_file(t: &Text) -> String {
    t.get("problem-file").into_owned()
}

fn of_field(t: &Text, field: &str) -> Option<String> {
    let sentence = match field {
        "title" => t.get("problem-title"),
        "note" => t.get("problem-note"),
        "url" => t.get("problem-url"),
        "text" => t.get("problem-text"),
        "held_on" => t.get("problem-held-on"),
        "file" => return Some(of_file(t)),
        "statement" => t.get("problem-statement"),
        "evidence" => t.get("problem-evidence"),
        "requirements" => t.get("problem-requirements"),
        "renewal" => t.get("problem-renewal"),
        "badge" => t.get("problem-badge"),
        "mentor" => t.get("problem-mentor"),
        "reason" => t.get("problem-reason"),
        _ => return None,
    };
    Some(sentence.into_owned())
}
