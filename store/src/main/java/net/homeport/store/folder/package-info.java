/**
 * The data folder of one server: its lock, its key, its administrator's token, and the note by
 * which commands on the same machine find the running server.
 *
 * <p>Nothing here knows what the secrets are for.
 *
 * <p>Start reading at {@link net.homeport.store.folder.DataFolder}.
 */
@NullMarked
package net.homeport.store.folder;

import org.jspecify.annotations.NullMarked;
