package net.homeport.nameserver.notify;

import java.util.List;
import org.xbill.DNS.Name;

/** Finds who is told of a zone's changes. Safe for any thread; touches no disk. */
@FunctionalInterface
public interface NotifyTargets {
  /** All of them; empty if nobody is told. */
  List<NotifyTarget> of(Name zone);
}
