//! The verbs: one file each, one write transaction each.
