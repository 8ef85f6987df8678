//! Translation only: requests into reads and actions, results into pages and documents.
