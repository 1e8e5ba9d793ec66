package net.homeport.registry.host;

import net.homeport.registry.credential.Credential;
import org.jspecify.annotations.Nullable;

/**
 * A new host as it is stored.
 *
 * @param made the credential that was made for it; null when it joined one that exists
 */
public record HostEntry(Host host, @Nullable Credential made) {}
