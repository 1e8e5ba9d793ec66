-- Version 12: sites and the address sources they have.

CREATE TABLE site (
  name TEXT PRIMARY KEY,
  policy INTEGER NOT NULL,               -- 0 all uplinks, 1 the first that works, 2 by weight
  published INTEGER NOT NULL,
  hold_down INTEGER NOT NULL,            -- milliseconds, as all durations here
  fail_back_delay INTEGER NOT NULL,
  flap_penalty REAL NOT NULL,
  flap_suppress REAL NOT NULL,
  flap_reuse REAL NOT NULL,
  flap_half_life INTEGER NOT NULL,
  flap_longest INTEGER NOT NULL,
  unstable_ttl INTEGER NOT NULL,         -- seconds
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE site_uplink (
  site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE,
  place INTEGER NOT NULL,                -- the preferred one first
  name TEXT NOT NULL,
  weight INTEGER NOT NULL,
  silence INTEGER NOT NULL,              -- down when nothing was heard for this long
  username TEXT,
  PRIMARY KEY (site, place)
) WITHOUT ROWID;

-- A source outlives the host that reported it; another host of that name does not speak for it.
CREATE TABLE site_source (
  site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  reporter BLOB,                         -- host, wire form in lower case
  takes TEXT NOT NULL,
  prefix_length INTEGER NOT NULL,        -- -1: as reported
  since INTEGER NOT NULL,
  PRIMARY KEY (site, name)
) WITHOUT ROWID;

-- What was reported last. The zone is the truth: this is for hosts that join later.
CREATE TABLE site_value (
  site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE,
  source TEXT NOT NULL,
  uplink TEXT NOT NULL,                  -- empty: of none
  value TEXT NOT NULL,                   -- 192.0.2.1/32, 2001:db8::/56
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  length_before INTEGER NOT NULL,        -- -1: the same
  PRIMARY KEY (site, source, uplink)
) WITHOUT ROWID;

CREATE TABLE site_chosen (
  site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  uplink TEXT NOT NULL,
  PRIMARY KEY (site, place)
) WITHOUT ROWID;

CREATE TABLE site_host (
  host BLOB PRIMARY KEY REFERENCES host (name) ON DELETE CASCADE,
  site TEXT NOT NULL REFERENCES site (name) ON DELETE CASCADE,
  ipv4 TEXT NOT NULL,                    -- a plan as a person writes it
  ipv6 TEXT NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_host_site ON site_host (site);
