/**
 * The embedded store: one SQLite database, whose commit is what makes a change durable.
 *
 * <p>The journal ({@code changeset}) is the truth; the names ({@code node}) are a checkpoint of it,
 * so that a restart reads few changesets.
 *
 * <p>Start reading at {@link net.homeport.store.sqlite.SqliteJournal}.
 */
@NullMarked
package net.homeport.store.sqlite;

import org.jspecify.annotations.NullMarked;
