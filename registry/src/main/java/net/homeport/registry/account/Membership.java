package net.homeport.registry.account;

/** That a person is a member of an account. */
public record Membership(long accountId, long personId, Role role) {}
