//! Translation only: requests into reads and actions, results into pages and documents.

pub mod assets;
pub mod caching;
pub mod card;
pub mod dates;
pub mod format;
pub mod headers;
pub mod picture;
pub mod qr;
pub mod text;
pub mod view;
