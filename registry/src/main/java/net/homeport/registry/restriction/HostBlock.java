package net.homeport.registry.restriction;

import java.time.Instant;
import org.xbill.DNS.Name;

/**
 * That a name may not be published, by the word of an administrator. It is about the name, not the
 * host: who removes the host and adds it again finds it there still.
 *
 * @param reason in words for a person
 * @param by who said so
 */
public record HostBlock(Name name, String reason, String by, Instant at) {}
