-- Version 1 of the embedded store. Never edited: a later version is another file.

-- A zone, present or past. removed_at keeps the history of zones that are gone.
CREATE TABLE zone (
  id INTEGER PRIMARY KEY,
  apex BLOB NOT NULL,                    -- wire form as spelled
  apex_key BLOB NOT NULL,                -- wire form in lower case
  checkpoint INTEGER NOT NULL,           -- the node rows hold at least the changesets up to this id
  serial INTEGER NOT NULL,               -- the zone's serial after the changeset of that id
  removed_at INTEGER
);
CREATE UNIQUE INDEX zone_present ON zone (apex_key) WHERE removed_at IS NULL;

-- What stood at each owner name at the checkpoint or later.
CREATE TABLE node (
  zone_id INTEGER NOT NULL,
  owner BLOB NOT NULL,                   -- relative to the apex, lower case
  content BLOB NOT NULL,
  changed_at INTEGER,                    -- milliseconds since 1970; null for content of a new zone
  changed_by TEXT,
  front_door TEXT,
  source BLOB,
  PRIMARY KEY (zone_id, owner)
) WITHOUT ROWID;

-- The journal: each row is what one commit changed in one zone.
CREATE TABLE changeset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  zone_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,                 -- 0 zone created, 1 names changed, 2 zone removed
  serial_before INTEGER NOT NULL,
  serial_after INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX changeset_zone ON changeset (zone_id, id);

CREATE TABLE credential (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE COLLATE NOCASE,
  secret_hash BLOB NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE host (
  name BLOB PRIMARY KEY,                 -- wire form in lower case
  spelled BLOB NOT NULL,
  zone BLOB NOT NULL,                    -- apex, wire form
  credential_id INTEGER NOT NULL REFERENCES credential (id),
  ttl INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX host_credential ON host (credential_id);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
