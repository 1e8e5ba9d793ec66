-- Version 2 of the embedded store. Never edited: a later version is another file.
-- Run together with NodeMigration, which moves the rows of table node to pages and drops it.

-- What stood at the owner names at the checkpoint or later, many names a row: see PageReader. A page
-- holds the names from its first, inclusive, to the first of the next page; the first page of a zone
-- has the empty name, the apex.
CREATE TABLE page (
  zone_id INTEGER NOT NULL,
  first BLOB NOT NULL,                   -- relative to the apex, lower case
  content BLOB NOT NULL,
  PRIMARY KEY (zone_id, first)
) WITHOUT ROWID;
