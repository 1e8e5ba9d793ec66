package net.homeport.web.api;

import net.homeport.registry.check.IntegrityCheck;
import net.homeport.web.api.CheckModel.CheckView;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/check}: whether the data is whole. */
public final class CheckResource implements ApiResource {
  private final IntegrityCheck check;

  public CheckResource(IntegrityCheck check) {
    this.check = check;
  }

  @Override
  public @Nullable ApiResult answer(ApiRequest request) {
    return request.operation().equals("GET check")
        ? ApiResult.ok(CheckView.of(check.check()))
        : null;
  }
}
