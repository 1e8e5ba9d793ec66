package net.homeport.web.exchange;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The programs that speak to front doors, as their User-Agent tells, and how each judges. */
public enum DeviceClient {
  /** ddclient, also in EdgeOS and on many routers. */
  DDCLIENT("ddclient", "ddclient"),
  /** inadyn, also in UniFi, ASUS and others' devices. */
  INADYN("inadyn", "inadyn"),
  /** AVM's FRITZ!Box. */
  FRITZ_BOX("FRITZ!Box", "fritz!?box"),
  /** pfSense, both its presets and its custom type. */
  PFSENSE("pfSense", "phpdyndns|pfsense"),
  /** OPNsense's own client. */
  OPNSENSE("OPNsense", "opnsense"),
  /** UniFi where it does not say inadyn. */
  UNIFI("UniFi", "unifi|ubnt"),
  /** Synology DSM. */
  SYNOLOGY("Synology", "synology"),
  /** ddns-updater. */
  DDNS_UPDATER("ddns-updater", "ddns-updater"),
  /** OpenWrt's ddns-scripts, which fetch with one of these. */
  OPENWRT("OpenWrt ddns-scripts", "uclient-fetch|ddns-scripts|openwrt"),
  /** A script on RouterOS. */
  MIKROTIK("MikroTik", "mikrotik"),
  /** No-IP's own client. */
  NO_IP("No-IP DUC", "no-?ip|duc[ /]"),
  /** curl, in somebody's script. */
  CURL("curl", "^curl/"),
  /** wget, in somebody's script. */
  WGET("wget", "^wget"),
  /** Homeport's own agent. */
  HOMEPORT_AGENT("homeport agent", "homeport"),
  /** Any other. */
  OTHER("unknown client", "(?!)");

  private static final List<String> FINAL_WORDS =
      List.of("badauth", "nohost", "notfqdn", "numhost", "abuse", "badagent", "!donator");

  private final String label;
  private final Pattern pattern;

  DeviceClient(String label, String pattern) {
    this.label = label;
    this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  /** Which one calls itself so; the first that fits. */
  public static DeviceClient of(String userAgent) {
    for (DeviceClient client : values()) {
      if (client.pattern.matcher(userAgent).find()) {
        return client;
      }
    }
    return OTHER;
  }

  /**
   * What it makes of an answer, in words for a person.
   *
   * @param status HTTP status
   */
  public String understands(int status, String body) {
    String text = body.toLowerCase(Locale.ROOT);
    boolean success = status / 100 == 2;
    return switch (this) {
      case INADYN, UNIFI -> inadyn(status, text);
      case DDCLIENT -> ddclient(success, text);
      case OPNSENSE ->
          success ? "success: it takes any 2xx for it" : "failure: it tries again at its next turn";
      case PFSENSE ->
          text.contains("good") || text.contains("nochg")
              ? "success, if the words are those that it was set up to expect"
              : "failure: it reads the words and not the status, and logs them";
      case FRITZ_BOX, SYNOLOGY, NO_IP -> words(status, text);
      case DDNS_UPDATER ->
          success && (text.startsWith("good") || text.startsWith("ok"))
              ? "success, if its address is in the answer"
              : "failure, also of an address that was there already, with some of its providers";
      case OPENWRT ->
          text.contains("good") || text.contains("nochg")
              ? "success; it looks the name up to be sure"
              : "failure: it tries again after its retry interval, 60 s unless set";
      case HOMEPORT_AGENT, MIKROTIK, CURL, WGET, OTHER ->
          success ? "success, as far as its script reads it" : words(status, text);
    };
  }

  /** It exits for what it takes to be final, so that nobody updates any more. */
  private static String inadyn(int status, String text) {
    return switch (status) {
      case 200 -> {
        boolean good = Pattern.compile("good|nochg|ok|updated|unchanged").matcher(text).find();
        yield good
            ? "success"
            : "failure: it tries again in about 10 minutes, or ends if the word is a final one";
      }
      case 401, 403 ->
          "its credentials are wrong: its process ends, until somebody starts it again";
      case 400, 404, 429 -> "its set-up is wrong: its process ends, until somebody starts it again";
      default -> "a fault of the server: it tries again in about 10 minutes";
    };
  }

  private static String ddclient(boolean success, String text) {
    if (!success) {
      return "failure: it does not read the words, and tries again after 5 minutes or more";
    }
    boolean anyFailed = text.lines().anyMatch(line -> isFinal(line) || line.startsWith("911"));
    if (anyFailed) {
      return "a line for each host: success for good and nochg, failure for the others";
    }
    return text.startsWith("nochg")
        ? "success, with a warning that it asked without a change"
        : "success";
  }

  private static String words(int status, String text) {
    if (status / 100 == 2) {
      return "success";
    }
    // DuckDNS has one word for all, so there the status alone tells.
    return status / 100 == 4 || text.lines().anyMatch(DeviceClient::isFinal)
        ? "a final no: most devices stop until somebody changes their set-up"
        : "a fault of the server: most devices try again later";
  }

  private static boolean isFinal(String line) {
    return FINAL_WORDS.stream().anyMatch(line::startsWith);
  }
}
