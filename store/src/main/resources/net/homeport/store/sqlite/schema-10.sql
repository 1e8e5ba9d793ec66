-- Version 10: accounts, members, roles and grants; whose a host is, and its labels.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  hosts_max INTEGER,                     -- null for any number
  suspended INTEGER NOT NULL,
  created_at INTEGER NOT NULL            -- milliseconds since 1970
);

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password_hash TEXT,                    -- of Argon2id, with its parameters
  disabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

-- No foreign key to account: that of the house, number 1, has no row.
CREATE TABLE membership (
  account_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  PRIMARY KEY (account_id, person_id)
) WITHOUT ROWID;

CREATE TABLE personal_token (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  secret_hash BLOB NOT NULL,
  label TEXT NOT NULL,
  role_limit TEXT NOT NULL,
  account_id INTEGER,                    -- null for all of the person's
  expires_at INTEGER,
  created_at INTEGER NOT NULL
);

CREATE TABLE name_grant (
  account_id INTEGER NOT NULL,
  subtree BLOB NOT NULL,                 -- wire form in lower case
  PRIMARY KEY (account_id, subtree)
) WITHOUT ROWID;

-- Only of hosts that are not of the house, or have labels.
CREATE TABLE host_detail (
  name BLOB PRIMARY KEY,                 -- wire form in lower case
  account_id INTEGER NOT NULL,
  labels TEXT NOT NULL                   -- KEY=VALUE, one a line
) WITHOUT ROWID;
