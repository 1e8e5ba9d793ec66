-- Zones that are copies of what other servers, their primaries, have.
CREATE TABLE mirrored_zone (
  name BLOB PRIMARY KEY,  -- wire format, in lower case
  spelled BLOB NOT NULL,  -- wire format, as first spelled
  primaries TEXT NOT NULL,  -- ADDRESS PORT, one a line
  key_name BLOB,  -- wire format
  tls INTEGER NOT NULL,  -- 1 for TLS, 0 for none
  tls_name TEXT,
  tls_pin TEXT,
  last_checked INTEGER,  -- milliseconds since 1970
  last_transferred INTEGER
) WITHOUT ROWID;
