package net.homeport.web.api;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/backup}: all that the server keeps, as one file. */
public final class BackupResource implements ApiResource {
  /** Makes a backup. */
  @FunctionalInterface
  public interface Source {
    /** Writes all of it; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final Source source;

  public BackupResource(Source source) {
    this.source = source;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return request.operation().equals("GET backup") ? ApiResult.ok(new Archive(source)) : null;
  }

  private record Archive(Source source) implements ApiResult.Streamed {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      source.writeTo(out);
    }

    @Override
    public String contentType() {
      return "application/zip";
    }
  }
}
