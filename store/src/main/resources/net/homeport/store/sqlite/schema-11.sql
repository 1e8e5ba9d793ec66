-- Version 11: what a credential may do, its secrets and its life; enrolment.

-- What is special about a credential; most have no row.
CREATE TABLE credential_profile (
  credential_id INTEGER PRIMARY KEY REFERENCES credential (id) ON DELETE CASCADE,
  separate INTEGER NOT NULL,             -- 1: it does not end with the last of its hosts
  comment TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  secret_created_at INTEGER,             -- milliseconds since 1970; null: with the credential
  names TEXT NOT NULL,                   -- own, site NAME, or names and subtrees
  types TEXT NOT NULL,                   -- numbers with commas; 255 for any
  front_doors TEXT NOT NULL,             -- with commas; empty for any
  networks TEXT NOT NULL,                -- ADDRESS/LENGTH with commas; empty for anywhere
  expires_at INTEGER,
  unused_expiry INTEGER,                 -- seconds
  requires_tls INTEGER NOT NULL
);

-- Secrets that were replaced and are still taken.
CREATE TABLE credential_secret (
  credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  secret_hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  PRIMARY KEY (credential_id, position)
) WITHOUT ROWID;

-- Secrets that sign requests, encrypted.
CREATE TABLE credential_signing (
  credential_id INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  valid_until INTEGER,
  PRIMARY KEY (credential_id, position)
) WITHOUT ROWID;

-- When credentials were last used: 1024 to a page by their numbers, minutes since 1970 in four
-- octets each, the high one first.
CREATE TABLE credential_use (
  page INTEGER PRIMARY KEY,
  minutes BLOB NOT NULL
);

-- One-time codes with which devices get secrets of their own.
CREATE TABLE enrolment (
  code_hash BLOB PRIMARY KEY,
  host BLOB NOT NULL REFERENCES host (name) ON DELETE CASCADE,
  kind TEXT NOT NULL,                    -- token, tsig, sig0
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL                 -- how often it was right and nothing came of it
) WITHOUT ROWID;
CREATE INDEX enrolment_host ON enrolment (host);
