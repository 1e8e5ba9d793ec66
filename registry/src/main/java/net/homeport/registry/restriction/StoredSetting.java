package net.homeport.registry.restriction;

import java.time.Instant;

/**
 * A setting as it is stored.
 *
 * @param setting its name
 * @param value its text
 */
public record StoredSetting(
    PolicyScope scope, String setting, String value, String setBy, Instant setAt) {}
