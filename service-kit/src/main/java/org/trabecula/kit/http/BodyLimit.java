package org.trabecula.kit.http;

import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/// Keeps bodies from filling the memory: each door takes bodies of a length of its own, and of all
/// bodies only so many bytes are read and worked on at a time. Whoever comes then waits, and is
/// asked to come again when that takes long.
///
/// What is read becomes several times as long as objects, so it is weighed before it is read. Long
/// bodies wait for each other, not before the short ones: a laboratory's result passes by a
/// hospital's archive.
@Provider
class BodyLimit implements ContainerRequestFilter {
  private static final int KIBIBYTE = 1 << 10;
  private static final int MEBIBYTE = 1 << 20;
  private static final int USUAL = MEBIBYTE;
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  /// Of the heap: a twelfth for long bodies, a twentieth for short ones. With the 320 MB of a
  /// packaged service that is one body of 24 MiB, and sixteen of one.
  private static final int LONG_SHARE = 12;

  private static final int SHORT_SHARE = 20;

  private static final int WAIT_SECONDS = 20;
  private static final String COME_AGAIN_SECONDS = "5";

  private final Gate longBodies = new Gate(LONG_SHARE);
  private final Gate shortBodies = new Gate(SHORT_SHARE);

  @Override
  public void filter(ContainerRequestContext request) {
    long stated = stated(request);
    if (stated == 0) {
      return;
    }
    ServerRequestContext server = server(request);
    int most = most(server.getResteasyReactiveResourceInfo());
    if (stated > most) {
      throw Problems.tooLong(most);
    }
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problems.unsupported(
          HttpHeaders.CONTENT_ENCODING, "A body is taken as it is, neither packed nor encoded.");
    }
    long length = stated < 0 ? most : stated;
    Gate gate = length > USUAL ? longBodies : shortBodies;
    server.registerCompletionCallback(gate.enter(length));
    request.setEntityStream(new Counted(request.getEntityStream(), most));
  }

  private static ServerRequestContext server(ContainerRequestContext request) {
    return ((ResteasyReactiveContainerRequestContext) request).getServerRequestContext();
  }

  private static int most(ResourceInfo door) {
    LongestBody own = door.getResourceMethod().getAnnotation(LongestBody.class);
    LongestBody all = door.getResourceClass().getAnnotation(LongestBody.class);
    LongestBody said = own == null ? all : own;
    return said == null ? USUAL : said.mebibytes() * MEBIBYTE;
  }

  /// @return -1 for a body of unknown length
  private static long stated(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return WITHOUT_BODY.contains(request.getMethod()) ? 0 : -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// So many kibibytes at a time, in the order in which they came.
  private static final class Gate {
    private final int all;
    private final Semaphore free;

    private Gate(int share) {
      all = (int) (Runtime.getRuntime().maxMemory() / share / KIBIBYTE);
      free = new Semaphore(all, true);
    }

    /// @return gives the place back
    private CompletionCallback enter(long length) {
      int weight = (int) Math.min(all, length / KIBIBYTE + 1);
      try {
        if (!free.tryAcquire(weight, WAIT_SECONDS, TimeUnit.SECONDS)) {
          throw Problems.busy(COME_AGAIN_SECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Problems.busy(COME_AGAIN_SECONDS);
      }
      return fault -> free.release(weight);
    }
  }

  /// Bodies that come in chunks do not say how long they are.
  private static final class Counted extends FilterInputStream {
    private final int most;
    private long read;

    private Counted(InputStream body, int most) {
      super(body);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(count);
      return count;
    }

    private void count(int more) {
      read += Math.max(0, more);
      if (read > most) {
        throw Problems.tooLong(most);
      }
    }
  }
}
