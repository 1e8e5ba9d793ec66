package net.homeport.nameserver.tcp;

/** What a connection tells its listener. From any thread. */
interface TcpEvents {

  /** Complete messages have come, and answers are written. */
  void messages(int received, int answered);

  /** The client and we did not come to terms before the first message. */
  void unsettled();

  /** The handler, or what it does later, has failed; the connection ends. */
  void failed(Throwable failure);

  /** The connection is closed; may be told more than once. */
  void closed(TcpConnection connection);
}
