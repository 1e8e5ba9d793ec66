-- Records that leave their zone at a time, unless their lease is renewed before (RFC 9664).
CREATE TABLE lease (
  zone_id INTEGER NOT NULL REFERENCES zone (id),
  -- The owner name in wire format, in lower case; the RDATA in canonical form.
  owner BLOB NOT NULL,
  type INTEGER NOT NULL,
  rdata BLOB NOT NULL,
  expires INTEGER NOT NULL,  -- milliseconds since 1970
  PRIMARY KEY (zone_id, owner, type, rdata)
) WITHOUT ROWID;
