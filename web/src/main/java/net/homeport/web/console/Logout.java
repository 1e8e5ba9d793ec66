package net.homeport.web.console;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code POST /logout}: ends the session. */
final class Logout extends ConsoleResource {
  private final ConsoleAccess access;

  Logout(ConsoleAccess access) {
    super(HttpMethod.POST);
    this.access = access;
  }

  @Override
  void answer(Request request, Response response, Callback callback) {
    Response.addCookie(response, access.signOut(request));
    redirect(response, callback, "/login");
  }
}
