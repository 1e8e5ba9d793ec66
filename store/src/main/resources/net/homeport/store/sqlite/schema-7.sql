-- Version 7: updates that were rejected, the newest of them.

CREATE TABLE rejected (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,                   -- milliseconds since 1970
  who TEXT NOT NULL,                     -- as they said; never a secret
  front_door TEXT NOT NULL,
  source BLOB,
  names TEXT NOT NULL,                   -- as sent, with spaces between
  wanted TEXT NOT NULL,
  why TEXT NOT NULL
);
