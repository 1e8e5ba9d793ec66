package net.homeport.interop.harness;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs code of this program inside a network namespace: a thread enters it (setns(2)), and the
 * sockets which it opens belong there for good.
 */
final class Namespace {
  private static final int O_RDONLY = 0;
  private static final int CLONE_NEWNET = 0x4000_0000;

  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      function(
          "setns",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Namespace() {}

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
  }

  /** What the task returns, run on a thread of its own inside the namespace of this name. */
  static <T> T call(String namespace, Callable<T> task) {
    var result =
        new FutureTask<>(() -> {
          enter("/run/netns/" + namespace);
          return task.call();
        });
    // A platform thread, for it is the thread of the system that enters; nobody uses it afterwards.
    Thread.ofPlatform().daemon().name("in-" + namespace).start(result);
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new AssertionError("in the namespace " + namespace, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void enter(String path) {
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) OPEN.invokeExact(arena.allocateFrom(path), O_RDONLY);
      int entered = file < 0 ? file : (int) SETNS.invokeExact(file, CLONE_NEWNET);
      if (file >= 0) {
        int ignored = (int) CLOSE.invokeExact(file);
      }
      if (entered != 0) {
        throw new IllegalStateException("cannot enter " + path);
      }
    } catch (Throwable e) {
      throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
  }
}
