-- Version 14: policies of hosts and zones, quarantine of freed names.

-- What is set for one host; it goes with the host.
CREATE TABLE host_policy (
  host BLOB NOT NULL REFERENCES host (name) ON DELETE CASCADE,
  setting TEXT NOT NULL,
  value TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,               -- milliseconds since 1970
  PRIMARY KEY (host, setting)
) WITHOUT ROWID;

-- What is set for a zone, or by default.
CREATE TABLE zone_policy (
  zone BLOB NOT NULL,                    -- wire format in lower case; empty for the default
  setting TEXT NOT NULL,
  value TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (zone, setting)
) WITHOUT ROWID;

CREATE TABLE host_approval (
  host BLOB PRIMARY KEY REFERENCES host (name) ON DELETE CASCADE,
  approved_by TEXT NOT NULL,
  approved_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Names that are blocked, whether they are hosts or not.
CREATE TABLE host_block (
  name BLOB PRIMARY KEY,                 -- wire format, in lower case
  spelled BLOB NOT NULL,                 -- wire format, as spelled
  reason TEXT NOT NULL,
  blocked_by TEXT NOT NULL,
  blocked_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Names of removed hosts.
CREATE TABLE tombstone (
  name BLOB PRIMARY KEY,
  spelled BLOB NOT NULL,
  zone BLOB NOT NULL,
  username TEXT NOT NULL,                -- of its credential; empty if unknown
  account_id INTEGER NOT NULL,
  removed_at INTEGER NOT NULL,
  until INTEGER NOT NULL
) WITHOUT ROWID;

-- Lists of names that were set in place of those that Homeport brings.
CREATE TABLE name_list (
  kind TEXT PRIMARY KEY,
  text TEXT NOT NULL
) WITHOUT ROWID;

-- Addresses of one account's host that another account's host reported.
CREATE TABLE address_alarm (
  id INTEGER PRIMARY KEY,
  address BLOB NOT NULL,
  host BLOB NOT NULL,                    -- wire format: who published it
  account_id INTEGER NOT NULL,
  reported_by BLOB NOT NULL,             -- wire format: who reported it since
  reporter_account_id INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  dismissed INTEGER NOT NULL             -- 1 once a person has seen to it
);
