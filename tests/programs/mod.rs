//! Programs as people run them: what is published, how it changes, who decides.

mod certificate_look;
mod command_line;
mod committee;
mod drafts;
mod files;
mod frameworks;
mod owners_pages;
mod pages;
mod versions;
