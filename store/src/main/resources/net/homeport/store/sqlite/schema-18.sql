-- Version 18: what devices reported while a person stood against it.

CREATE TABLE withheld_report (
  host BLOB PRIMARY KEY REFERENCES host (name) ON DELETE CASCADE,
  credential INTEGER NOT NULL,           -- that proved it; may be gone
  source TEXT NOT NULL,                  -- address of the client
  front_door TEXT NOT NULL,
  tls TEXT,                              -- version; null in clear
  ipv4 TEXT NOT NULL,                    -- keep, withdraw, publish ADDRESS..., renumber NETWORK
  ipv6 TEXT NOT NULL,
  networks TEXT NOT NULL,                -- NAME=NETWORK ..., of address sources of a site
  uplink TEXT NOT NULL,
  heard_at INTEGER NOT NULL              -- milliseconds since 1970
) WITHOUT ROWID;
