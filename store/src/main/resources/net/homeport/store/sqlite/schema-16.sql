-- Version 16: ports that hosts want to be reached at. The column leader of host_seen is not used
-- any more: whom a host follows is what its site says.

CREATE TABLE host_port (
  host BLOB NOT NULL REFERENCES host (name) ON DELETE CASCADE,
  port INTEGER NOT NULL,
  PRIMARY KEY (host, port)
) WITHOUT ROWID;
