-- Version 13: when hosts were last heard, and what silence does.

CREATE TABLE host_seen (
  name BLOB PRIMARY KEY REFERENCES host (name) ON DELETE CASCADE, -- wire form in lower case
  seen_at INTEGER NOT NULL,              -- milliseconds since 1970; 0 for never by itself
  client TEXT NOT NULL,
  gaps TEXT NOT NULL,                    -- seconds, the latest first
  leader BLOB,                           -- the host it follows, wire form
  acted TEXT NOT NULL                    -- the last state whose action was done
) WITHOUT ROWID;

CREATE TABLE host_liveness (
  name BLOB PRIMARY KEY REFERENCES host (name) ON DELETE CASCADE,
  settings TEXT NOT NULL
) WITHOUT ROWID;

-- Of all zones under the root.
CREATE TABLE zone_liveness (
  name BLOB PRIMARY KEY,                 -- apex, wire form in lower case
  settings TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE zone_truth (
  name BLOB PRIMARY KEY,
  policy TEXT NOT NULL
) WITHOUT ROWID;
