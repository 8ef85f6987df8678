//! Programs as people run them: what is published, how it changes, who decides.

mod pages;
