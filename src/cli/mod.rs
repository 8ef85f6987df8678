//! The command line: serve, demo, init, issue, verify, revoke, keys, program, token, audit, doctor.
