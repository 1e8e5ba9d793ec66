-- Version 15: clients that answer the ACME challenges of a host.
CREATE TABLE challenge_client (
  id TEXT PRIMARY KEY,
  host BLOB NOT NULL,                    -- wire form
  secret_hash BLOB NOT NULL,
  allowed_from TEXT NOT NULL,            -- networks, one a line
  created_at INTEGER NOT NULL            -- milliseconds since 1970
) WITHOUT ROWID;
