package net.homeport.nameserver.tcp;

/** What a connection tells its listener. From any thread. */
interface TcpEvents {

  /** A complete message has come. */
  void received();

  /** An answer is written. */
  void answered();

  /** The connection is closed; may be told more than once. */
  void closed(TcpConnection connection);
}
