-- Version 8: checksums of rows. Run together with CheckedTable, which adds the column checksum to its
-- tables, fills it, and makes the triggers that keep these sums.

CREATE TABLE table_sum (
  name TEXT PRIMARY KEY,                 -- of a table
  rows INTEGER NOT NULL,
  sum INTEGER NOT NULL                   -- of the checksums of its rows
) WITHOUT ROWID;
