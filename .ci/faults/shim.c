/* A preloaded library that lets the n-th call to the file system fail, or ends the process there. Built and used by
 * .ci/faults/build; driven by dossier-faults.
 *
 * FAULT_DIR     calls count from the first that names a path below this directory on
 * FAULT_AT      the call that fails, from 1; 0: none
 * FAULT_ACTION  kill | torn (half of a write, then kill) | short (half of a write) | an errno
 * FAULT_ONLY    "write": only writes count
 * FAULT_TIMES   how many calls fail from that one on
 * FAULT_LOG     file that gets the number of calls at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *directory;
static long at, times = 1;
static int only_writes, action_kill, action_torn, action_short, action_errno;
static atomic_int armed;
static atomic_long calls;

__attribute__((constructor)) static void begin(void) {
  directory = getenv("FAULT_DIR");
  const char *text = getenv("FAULT_AT");
  at = text ? atol(text) : 0;
  text = getenv("FAULT_TIMES");
  if (text) times = atol(text);
  text = getenv("FAULT_ONLY");
  only_writes = text && !strcmp(text, "write");
  text = getenv("FAULT_ACTION");
  if (!text) return;
  action_kill = !strcmp(text, "kill");
  action_torn = !strcmp(text, "torn");
  action_short = !strcmp(text, "short");
  action_errno = atoi(text);
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_LOG");
  if (!path) return;
  char text[32];
  int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
  int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0) {
    syscall(SYS_write, file, text, length);
    syscall(SYS_close, file);
  }
}

static void die(void) { kill(getpid(), SIGKILL); }

/* Whether this call is one that fails. */
static int fails_as(int is_write) {
  if (!atomic_load(&armed) || (only_writes && !is_write)) return 0;
  long call = atomic_fetch_add(&calls, 1) + 1;
  if (!at || call < at || call - at >= times) return 0;
  if (action_kill) die();
  return 1;
}

static int fails(void) { return fails_as(0); }

static void arm(const char *path) {
  if (directory && path && strstr(path, directory)) atomic_store(&armed, 1);
}

#define NEXT(name) \
  static __typeof__(&name) next; \
  if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define FAIL(value) \
  if (fails() && action_errno) { errno = action_errno; return value; }

#define OPENER(name, signature, path, call) \
  int name signature { \
    NEXT(name); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    arm(path); \
    FAIL(-1) \
    return call; \
  }
OPENER(open, (const char *path, int flags, ...), path, next(path, flags, mode))
OPENER(open64, (const char *path, int flags, ...), path, next(path, flags, mode))
OPENER(openat, (int at_, const char *path, int flags, ...), path, next(at_, path, flags, mode))
OPENER(openat64, (int at_, const char *path, int flags, ...), path, next(at_, path, flags, mode))

ssize_t write(int file, const void *bytes, size_t count) {
  NEXT(write);
  if (fails_as(1)) {
    if (action_torn) { next(file, bytes, count / 2); die(); }
    if (action_short) return next(file, bytes, count > 1 ? count / 2 : count);
    if (action_errno) { errno = action_errno; return -1; }
  }
  return next(file, bytes, count);
}

#define SIMPLE(type, name, signature, arguments, failed) \
  type name signature { NEXT(name); FAIL(failed) return next arguments; }
SIMPLE(ssize_t, pread, (int file, void *bytes, size_t count, off_t offset), (file, bytes, count, offset), -1)
SIMPLE(ssize_t, pread64, (int file, void *bytes, size_t count, off64_t offset), (file, bytes, count, offset), -1)
SIMPLE(int, fsync, (int file), (file), -1)
SIMPLE(int, fdatasync, (int file), (file), -1)
SIMPLE(int, renameat, (int from, const char *old, int to, const char *new), (from, old, to, new), -1)
SIMPLE(int, rename, (const char *old, const char *new), (old, new), -1)
SIMPLE(int, unlinkat, (int at_, const char *path, int flags), (at_, path, flags), -1)
SIMPLE(int, unlink, (const char *path), (path), -1)
SIMPLE(int, flock, (int file, int operation), (file, operation), -1)
SIMPLE(int, fchmod, (int file, mode_t mode), (file, mode), -1)
SIMPLE(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
SIMPLE(int, linkat, (int from, const char *old, int to, const char *new, int flags), (from, old, to, new, flags), -1)
SIMPLE(int, fstat, (int file, struct stat *status), (file, status), -1)
SIMPLE(int, fstatat, (int at_, const char *path, struct stat *status, int flags), (at_, path, status, flags), -1)

/* A close that reports an error has closed all the same. */
int close(int file) {
  NEXT(close);
  int failing = fails() && action_errno;
  int answer = next(file);
  if (failing) { errno = action_errno; return -1; }
  return answer;
}

void *mmap(void *start, size_t length, int protection, int flags, int file, off_t offset) {
  NEXT(mmap);
  if (file >= 0) { FAIL(MAP_FAILED) }
  return next(start, length, protection, flags, file, offset);
}

void *mmap64(void *start, size_t length, int protection, int flags, int file, off64_t offset) {
  NEXT(mmap64);
  if (file >= 0) { FAIL(MAP_FAILED) }
  return next(start, length, protection, flags, file, offset);
}
