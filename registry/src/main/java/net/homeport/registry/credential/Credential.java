package net.homeport.registry.credential;

import java.time.Instant;

/**
 * What a device proves itself with.
 *
 * @param id number in the store
 * @param username what the device sends as user name; unique
 * @param secretHash keyed hash of its secret
 * @param createdAt when it was made
 */
public record Credential(long id, String username, SecretHash secretHash, Instant createdAt) {}
