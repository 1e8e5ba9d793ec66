-- Version 17: no number is given twice, also when what had it is gone; who offered a one-time code;
-- which credential made a client of challenges, without which it may do nothing.

CREATE TABLE last_id (
  name TEXT PRIMARY KEY,                 -- of what is numbered
  value INTEGER NOT NULL                 -- the highest number that was ever given
) WITHOUT ROWID;

-- What was used may be gone since: the rows of credential_use stay, of 1024 numbers each.
INSERT INTO last_id SELECT 'credential', max(
  (SELECT coalesce(max(id), 0) FROM credential),
  (SELECT coalesce(max(page) * 1024 + 1023, 0) FROM credential_use));

-- Accounts, people and their tokens are numbered together. 1 is the account of the house.
INSERT INTO last_id SELECT 'account', max(1,
  (SELECT coalesce(max(id), 0) FROM account),
  (SELECT coalesce(max(id), 0) FROM person),
  (SELECT coalesce(max(id), 0) FROM personal_token),
  (SELECT coalesce(max(account_id), 0) FROM tombstone),
  (SELECT coalesce(max(max(account_id, reporter_account_id)), 0) FROM address_alarm));

-- As the history names them; empty for codes of older versions.
ALTER TABLE enrolment ADD COLUMN offered_by TEXT NOT NULL DEFAULT '';

ALTER TABLE challenge_client ADD COLUMN credential INTEGER NOT NULL DEFAULT 0; -- 0: of before
