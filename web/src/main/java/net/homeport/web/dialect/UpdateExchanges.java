package net.homeport.web.dialect;

import java.util.List;
import java.util.function.Supplier;
import net.homeport.registry.host.Host;
import net.homeport.registry.update.HostWish;
import net.homeport.registry.update.UpdateAnswer;
import net.homeport.web.exchange.ExchangeLog;

/** Keeps what devices asked and were told of their updates, whichever way they came. */
public final class UpdateExchanges {
  private UpdateExchanges() {}

  /**
   * Keeps one.
   *
   * @param hosts those that who asked may change
   * @param said not asked for when there is no place to keep it
   */
  public static void record(
      ExchangeLog exchanges,
      Question question,
      UpdateAnswer answer,
      List<Host> hosts,
      Supplier<ExchangeLog.Said> said) {
    if (!(answer instanceof UpdateAnswer.PerHost perHost)) {
      exchanges.recordUnproven(
          question.wishes().stream().map(HostWish::hostName).toList(), said.get());
    } else if (question.notes().isEmpty() && perHost.isDone()) {
      exchanges.recordOrdinary(hosts, said);
    } else {
      exchanges.record(hosts, said.get());
    }
  }
}
