-- Version 9: catalog zones (RFC 9432), and how the serials of zones go on.

CREATE TABLE catalog (
  name BLOB PRIMARY KEY,                 -- wire form in lower case
  spelled BLOB NOT NULL,                 -- wire form as spelled
  except_zones TEXT NOT NULL,            -- names that it leaves out, one a line
  created_at INTEGER NOT NULL            -- milliseconds since 1970
);

-- Where they are not incremented.
CREATE TABLE serial_policy (
  name BLOB PRIMARY KEY,                 -- apex of the zone, wire form in lower case
  policy TEXT NOT NULL                   -- increment, unixtime
);
