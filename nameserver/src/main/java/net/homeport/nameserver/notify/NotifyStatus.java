package net.homeport.nameserver.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of telling one target of one zone.
 *
 * @param acknowledged the last serial that it has acknowledged; null if none yet
 * @param waiting whether it is being told, or will be
 * @param sent how many messages were sent, repetitions included
 * @param answered how many were acknowledged
 * @param failed how often it was given up
 * @param at time of the last result; null if there is none yet
 * @param result the last result in words: {@code acknowledged}, or what went wrong
 */
public record NotifyStatus(
    @Nullable Long acknowledged,
    boolean waiting,
    long sent,
    long answered,
    long failed,
    @Nullable Instant at,
    String result) {
  static final NotifyStatus NONE = new NotifyStatus(null, false, 0, 0, 0, null, "not told yet");
}
