//! One integration binary, a module a capability.
