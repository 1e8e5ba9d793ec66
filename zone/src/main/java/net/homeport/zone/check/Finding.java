package net.homeport.zone.check;

import net.homeport.zone.text.Place;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Something that an operator may want to change.
 *
 * @param code what kind of finding, stable, such as {@code missing-glue}
 * @param owner the name it is about, if it is about one
 * @param place where in the file, if known
 * @param message what is so, and what to do
 */
public record Finding(
    Severity severity, String code, @Nullable Name owner, @Nullable Place place, String message) {}
