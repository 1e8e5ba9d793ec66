-- Version 3: keys that sign updates, and what they may change.

CREATE TABLE update_key (
  name BLOB PRIMARY KEY,                 -- wire form in lower case
  spelled BLOB NOT NULL,
  algorithm TEXT NOT NULL,               -- of HMAC, or sig0
  public_half BLOB,                      -- RDATA of the KEY record of a sig0 key
  comment TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  disabled INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE update_key_secret (
  key_name BLOB NOT NULL REFERENCES update_key (name) ON DELETE CASCADE,
  position INTEGER NOT NULL,             -- 0 is the newest
  sealed BLOB NOT NULL,                  -- encrypted under a key derived from the server's
  created_at INTEGER NOT NULL,
  valid_until INTEGER,                   -- null for the present secret
  PRIMARY KEY (key_name, position)
) WITHOUT ROWID;

CREATE TABLE update_key_rule (
  key_name BLOB NOT NULL REFERENCES update_key (name) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (key_name, number)
) WITHOUT ROWID;
