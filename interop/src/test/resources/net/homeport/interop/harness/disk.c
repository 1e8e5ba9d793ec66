/*
 * Preloaded into a server: sees each change that it makes below one folder, in order. Writes them down with their
 * data (DISK_LOG), ends the process just before one of them, or in the middle of it (DISK_KILL_AT), or makes
 * syncs fail (DISK_SYNC_FAILS, a file: while it exists, each sync of a file below the folder fails with EIO), or
 * writes (DISK_READ_ONLY, likewise, with EROFS).
 *
 * One mutex is held over each call and its line, so that the order of the log is the order of the calls. What is
 * mapped into memory is not seen; SQLite maps nothing but its -shm file, which is made anew after a crash, and is
 * left out altogether.
 *
 * A record: 1 octet of kind, 8 of offset or length, 2 of the length of the path, 4 of the length of the data, path,
 * data; little endian. The path of a rename is both, with a zero octet between.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES_MAX 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *paths[FILES_MAX]; /* below the folder, by descriptor; null: not ours */
static int64_t appends[FILES_MAX];
static const char *folder, *sync_fails, *read_only;
static size_t folder_length;
static int log_file = -1;
static long kill_at, done;
static int torn;

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  folder = getenv("DISK_FOLDER");
  folder_length = folder ? strlen(folder) : 0;
  sync_fails = getenv("DISK_SYNC_FAILS");
  read_only = getenv("DISK_READ_ONLY");
  if (getenv("DISK_KILL_AT")) kill_at = atol(getenv("DISK_KILL_AT"));
  torn = getenv("DISK_TORN") != NULL;
  const char *log = getenv("DISK_LOG");
  if (folder && log) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
  if (!folder || !path || strncmp(path, folder, folder_length) != 0 || (path[folder_length] && path[folder_length] != '/')) return 0;
  size_t length = strlen(path);
  return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static const char *file(int fd) {
  return fd >= 0 && fd < FILES_MAX ? paths[fd] : NULL;
}

static void note(char kind, int64_t number, const char *path, size_t path_length, const void *data, size_t length) {
  if (log_file < 0) return;
  char head[15];
  uint16_t p = (uint16_t)path_length;
  uint32_t d = (uint32_t)length;
  head[0] = kind;
  memcpy(head + 1, &number, 8);
  memcpy(head + 9, &p, 2);
  memcpy(head + 11, &d, 4);
  struct iovec parts[3] = {{head, 15}, {(void *)path, path_length}, {(void *)data, length}};
  ssize_t all = (ssize_t)(15 + path_length + length);
  /* Half a record would make the rest of the log unreadable. */
  if (syscall(SYS_writev, log_file, parts, 3) != all) abort();
}

/* The next change is about to be made: is it the one at which to end? */
static int last(void) {
  return kill_at && ++done == kill_at;
}

static void end(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

/* Whether a change is refused now; sets errno. */
static int refused(void) {
  if (!read_only || access(read_only, F_OK) != 0) return 0;
  errno = EROFS;
  return 1;
}

static void enter(void) {
  pthread_mutex_lock(&lock);
}

static void leave(void) {
  int e = errno;
  pthread_mutex_unlock(&lock);
  errno = e;
}

static int opened(const char *path, int flags, mode_t mode, int at) {
  if (at != AT_FDCWD || !ours(path)) return (int)syscall(SYS_openat, at, path, flags, mode);
  enter();
  int creates = (flags & O_CREAT) && access(path, F_OK) != 0;
  int cuts = (flags & O_TRUNC) && !creates;
  if ((creates || cuts) && last()) end();
  if ((creates || cuts) && refused()) {
    leave();
    return -1;
  }
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0 && fd < FILES_MAX) {
    free(paths[fd]);
    paths[fd] = strdup(path);
    appends[fd] = (flags & O_APPEND) != 0;
    if (creates) note('c', 0, path, strlen(path), NULL, 0);
    if (cuts) note('t', 0, path, strlen(path), NULL, 0);
  }
  leave();
  return fd;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    return opened(path, flags, mode, AT_FDCWD); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int at, const char *path, int flags, ...) { \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
    va_end(more); \
    return opened(path, flags, mode, at); \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  enter();
  if (fd >= 0 && fd < FILES_MAX && paths[fd]) {
    free(paths[fd]);
    paths[fd] = NULL;
  }
  int result = (int)syscall(SYS_close, fd);
  leave();
  return result;
}

static ssize_t written(int fd, const void *data, size_t length, int64_t offset) {
  enter();
  const char *path = file(fd);
  if (!path) {
    leave();
    return offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  }
  int64_t at = offset >= 0 ? offset : syscall(SYS_lseek, fd, 0, appends[fd] ? SEEK_END : SEEK_CUR);
  if (last()) {
    if (torn && length > 1) syscall(SYS_pwrite64, fd, data, length / 2, at);
    end();
  }
  if (refused()) {
    leave();
    return -1;
  }
  ssize_t result = offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  if (result > 0) note('w', at, path, strlen(path), data, (size_t)result);
  leave();
  return result;
}

ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return written(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return written(fd, data, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!file(fd)) return syscall(SYS_writev, fd, parts, count);
  ssize_t all = 0;
  for (int i = 0; i < count; i++) {
    ssize_t one = written(fd, parts[i].iov_base, parts[i].iov_len, -1);
    if (one < 0) return all ? all : one;
    all += one;
  }
  return all;
}

static int cut(int fd, int64_t length) {
  enter();
  const char *path = file(fd);
  if (path && last()) end();
  int result = path && refused() ? -1 : (int)syscall(SYS_ftruncate, fd, length);
  if (path && result == 0) note('t', length, path, strlen(path), NULL, 0);
  leave();
  return result;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int synced(int fd, long call) {
  enter();
  const char *path = file(fd);
  int result;
  if (path && last()) end();
  if (path && sync_fails && access(sync_fails, F_OK) == 0) {
    note('f', 0, path, strlen(path), NULL, 0);
    errno = EIO;
    result = -1;
  } else {
    result = (int)syscall(call, fd);
    if (path && result == 0) note('s', 0, path, strlen(path), NULL, 0);
  }
  leave();
  return result;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  if (!ours(from) && !ours(to)) return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
  enter();
  if (last()) end();
  int result = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
  if (result == 0) {
    char both[2 * PATH_MAX];
    size_t first = strlen(from) + 1, second = strlen(to);
    memcpy(both, from, first);
    memcpy(both + first, to, second);
    note('r', 0, both, first + second, NULL, 0);
  }
  leave();
  return result;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

static int unlinked(int at, const char *path, int flags) {
  if (!ours(path)) return (int)syscall(SYS_unlinkat, at, path, flags);
  enter();
  if (access(path, F_OK) == 0 && last()) end();
  int result = (int)syscall(SYS_unlinkat, at, path, flags);
  if (result == 0) note('u', 0, path, strlen(path), NULL, 0);
  leave();
  return result;
}

int unlink(const char *path) { return unlinked(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return unlinked(at, path, flags); }
int rmdir(const char *path) { return unlinked(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdir(const char *path, mode_t mode) {
  if (!ours(path)) return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  enter();
  if (last()) end();
  int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (result == 0) note('m', 0, path, strlen(path), NULL, 0);
  leave();
  return result;
}

/* posix_fallocate and fallocate would be changes too; the server calls neither, and says so if that ever changes. */
int fallocate(int fd, int mode, off_t offset, off_t length) {
  if (file(fd)) abort();
  return (int)syscall(SYS_fallocate, fd, mode, offset, length);
}
int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  if (file(fd)) abort();
  return (int)syscall(SYS_fallocate, fd, mode, offset, length);
}
