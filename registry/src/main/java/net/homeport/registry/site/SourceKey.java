package net.homeport.registry.site;

/**
 * Which value of a site: each uplink has its own.
 *
 * @param uplink empty for what does not depend on one
 */
public record SourceKey(String source, String uplink) {}
