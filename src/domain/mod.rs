//! Our nouns and rules, pure: programs, levels, awards and their states, recipients, and rights in one table. No IO, no clock.
