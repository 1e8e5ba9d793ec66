/**
 * Drives the built distribution from outside, as its users do. Nothing here may use Homeport's own
 * classes.
 */
@NullMarked
package net.homeport.interop;

import org.jspecify.annotations.NullMarked;
