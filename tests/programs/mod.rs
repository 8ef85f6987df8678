//! Programs as people run them: what is published, how it changes, who decides.

mod files;
mod frameworks;
mod pages;
mod versions;
