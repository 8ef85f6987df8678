//! The way to a level: the pages of the learner, and of those who go along with them or confirm what they did. What each page may show
//! and do is for the actions to say; a stranger finds nothing here.

mod evidence;
mod learners;
mod problems;
mod receive;
mod shown;
mod submissions;
mod uploads;
mod ways;

pub use evidence::{add, describe, download, remove};
pub use learners::{
    all as learners, check_in, close, complete, confirm, give_mentor, learner, mentoring, release_mentor, take,
    unconfirm,
};
pub use submissions::{begin, hand_in, save, show as submission, take_back};
pub use uploads::{abandon, arrived, patch, receive, start};
pub use ways::{bring, enrol, enrolling, list, mentor, note, show as way, withdraw};
