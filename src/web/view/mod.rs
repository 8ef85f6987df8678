//! What each page shows, as plain owned data. A view has no access to the store and decides nothing about rights: what
//! it is given, it shows. One file per page, its template beside it in templates/ under the same name.

mod account;
mod achievement;
mod admin;
mod api;
mod apps;
mod asks;
mod assess;
mod backpack;
mod badge;
mod calibration;
mod certification;
mod decision;
mod designer;
mod embed;
mod endorsement;
mod erasing;
mod error;
mod govern;
mod issuer;
mod letters;
mod look;
mod own_badges;
mod panel_queue;
mod platform;
mod present;
mod presentation;
mod program;
mod record;
mod renewals;
mod run;
mod sign_in;
mod signed_in;
mod site;
mod standing;
mod suspensions;
mod team;
mod verify;
mod versions;
mod vouching;
mod wall;
mod wallet;
mod way;
mod webhooks;
mod work;

pub use account::{AccountPage, HeldRole, MorePasskeys, SessionRow};
pub use achievement::AchievementPage;
pub use admin::{By, ChangeRow, PeoplePage, PersonPage, PersonRow, Place, Problem, RoleRow, Typed};
pub use api::ApiPage;
pub use apps::{AppRow, AppsPage, ConsentPage, NoConsentPage, Permission};
pub use asks::{Asks, Reached, said};
pub use assess::{CriterionSheet, DecisionShown, MemberScore, PanelPage, QueuePage, QueueRow, Settling, Turn};
pub use backpack::{BackpackPage, KeptPage};
pub use badge::{BadgePage, Rung, ShownEvidence};
pub use calibration::{AgreementPage, CalibrationPage, SamplePage, SampleRow, SampleState, agreed};
pub use certification::{CertificationPage, EarlierCredential};
pub use decision::{
    AppealShown, AppealStanding, ConflictForm, DecisionPage, DecisionRow, DecisionsPage, RevocationRow,
};
pub use designer::DesignerPage;
pub use embed::{EMBED_SIZE, EmbedPage, LEAST_EMBED, embed_html};
pub use endorsement::{EndorsementPage, SaidFor};
pub use erasing::ErasePage;
pub use error::ErrorPage;
pub use govern::{CommitteePage, GovernPage, May, ProposalPage, ProposePage, TermRow, VoteRow};
pub use issuer::{IssuerKey, IssuerPage};
pub use letters::{LettersPage, StopPage};
pub use look::LookPage;
pub use own_badges::{OwnBadge, OwnBadgesPage};
pub use panel_queue::{AppealRow, MemberRow, MemberState, PanelOverviewPage, PanelRow, ProgramQueuePage, lacking};
pub use platform::{BroughtPage, PlatformPage};
pub use present::{PresentPage, PresentStep};
pub use presentation::PresentationPage;
pub use program::{PolicyShown, ProgramLevel, ProgramPage, ProgramSummary, ProgramsPage};
pub use record::{RecordAsked, RecordPage, RecordRow};
pub use renewals::{Next, RenewalRow, RenewalsPage};
pub use run::{AwaitingRow, DraftPage, DraftRow, LevelChanges, ProposalRow, RunLevel, RunPage, RunsPage, Waits};
pub use sign_in::{DemoChoice, SignInLinkPage, SignInPage, SignInSentPage};
pub use signed_in::{SignedIn, role};
pub use site::{Link, Site};
pub use standing::{Standing, Tone};
pub use suspensions::{SuspendedRow, SuspensionsPage};
pub use team::{TeamAward, TeamPage, TeamPerson, UnderWay};
pub use verify::{Again, VerifyForm, VerifyPage, VerifyResult, came_of};
pub use versions::{Coming, VersionPage, VersionRow, VersionStands, VersionsPage};
pub use vouching::{
    AskForm, EndorseForm, EndorsePage, EndorsedPage, GivenPage, GivenRow, PersonalSaid, SaidRow, WithdrawPage, relation,
};
pub use wall::{LevelCount, TeamCount, WallBadge, WallPage};
pub use wallet::{WalletCode, WalletCopy, WalletOffer, WalletPage, WalletStep};
pub use way::{
    EnrolPage, EvidenceRow, LearnerPage, LearnerRow, LearnersPage, MentoringPage, NewEvidence, NoteView, PartView,
    RouteView, SubmissionPage, SubmissionRow, WaitingView, WayPage, WayView, WaysPage, size,
};
pub use webhooks::{DeliveryPage, TypedWebhook, WebhookPage, WebhooksPage};
pub use work::WorkShown;

#[cfg(test)]
mod panel_samples;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod samples_way;
