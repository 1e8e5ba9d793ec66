-- Version 5: secondaries, who have our zones.

CREATE TABLE secondary (
  name TEXT PRIMARY KEY,
  address BLOB NOT NULL,                 -- 4 or 16 octets
  port INTEGER NOT NULL,
  key_name BLOB,                         -- wire form; null if its address must do
  all_zones INTEGER NOT NULL,
  tls_only INTEGER NOT NULL,
  notify INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE secondary_zone (
  secondary TEXT NOT NULL REFERENCES secondary (name) ON DELETE CASCADE,
  zone BLOB NOT NULL,                    -- apex, wire form
  PRIMARY KEY (secondary, zone)
) WITHOUT ROWID;

CREATE TABLE secondary_network (
  secondary TEXT NOT NULL REFERENCES secondary (name) ON DELETE CASCADE,
  network TEXT NOT NULL,                 -- ADDRESS/LENGTH
  PRIMARY KEY (secondary, network)
) WITHOUT ROWID;
