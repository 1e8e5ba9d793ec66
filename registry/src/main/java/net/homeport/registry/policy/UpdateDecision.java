package net.homeport.registry.policy;

import java.util.List;
import net.homeport.zone.Management;
import net.homeport.zone.update.UpdateOperation;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Whether a requestor may make a proposed update: all of it, or nothing. */
public sealed interface UpdateDecision {
  /**
   * All of it.
   *
   * @param key the name of the key that may
   * @param management {@link Management#STATIC} if each operation is allowed by a rule that touches
   *     static records
   * @param operations in the order of the message
   */
  record Allowed(Name key, Management management, List<AllowedOperation> operations)
      implements UpdateDecision {
    private static final int WORDS_MAX = 4000;

    public Allowed {
      operations = List.copyOf(operations);
    }

    /** What to perform. */
    public List<UpdateOperation> performed() {
      return operations.stream().flatMap(operation -> operation.performed().stream()).toList();
    }

    /** The rules that allowed it, in words for the history; at most 4000 characters. */
    public String rules() {
      String all =
          String.join(
              "; ", operations.stream().flatMap(o -> o.rules().stream()).distinct().toList());
      return all.length() <= WORDS_MAX ? all : all.substring(0, WORDS_MAX - 3) + "...";
    }
  }

  /**
   * One operation that is allowed.
   *
   * @param asked as the message has it
   * @param performed what to perform in its place: the same, but "all RRsets of a name" (RFC 2136
   *     2.5.3) as those RRsets that were looked at, so that none that comes to be meanwhile goes
   *     unasked
   * @param rules number and text of each rule that allowed it
   */
  record AllowedOperation(
      UpdateOperation asked, List<UpdateOperation> performed, List<String> rules) {
    public AllowedOperation {
      performed = List.copyOf(performed);
      rules = List.copyOf(rules);
    }
  }

  /**
   * None of it.
   *
   * @param operation the first that is not allowed; null if the requestor may do nothing here
   * @param why in words for a person
   * @param rules the rules that were looked at, and why each does not allow it
   */
  record Denied(@Nullable UpdateOperation operation, String why, List<RuleFinding> rules)
      implements UpdateDecision {
    public Denied {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A rule that was looked at.
   *
   * @param rule its number and text
   * @param why it does not allow the operation
   */
  record RuleFinding(String rule, String why) {}
}
