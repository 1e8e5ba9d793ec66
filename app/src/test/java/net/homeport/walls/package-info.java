/**
 * The walls of the house, each held by a test that says why it stands.
 *
 * <p>Start reading at {@link net.homeport.walls.WallsTest}.
 */
@NullMarked
package net.homeport.walls;

import org.jspecify.annotations.NullMarked;
