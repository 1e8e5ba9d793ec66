/**
 * What a person can configure: flags and the TOML file, checked and turned into one record.
 *
 * <p>Start reading at {@link net.homeport.app.config.ServeSettings}.
 */
@NullMarked
package net.homeport.app.config;

import org.jspecify.annotations.NullMarked;
