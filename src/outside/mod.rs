//! What lies outside the process: the clock, randomness, the key vault and guarded fetches.
