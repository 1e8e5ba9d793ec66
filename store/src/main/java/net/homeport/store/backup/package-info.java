/**
 * One file that holds all a server needs: made while it serves, verified, and turned into a data
 * folder again.
 *
 * <p>Start reading at {@link net.homeport.store.backup.Backup}.
 */
@NullMarked
package net.homeport.store.backup;

import org.jspecify.annotations.NullMarked;
