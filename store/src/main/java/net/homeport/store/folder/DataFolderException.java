package net.homeport.store.folder;

import java.io.Serial;

/** The data folder cannot be used; the message says why and what to do. */
public final class DataFolderException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DataFolderException(String message) {
    super(message);
  }
}
