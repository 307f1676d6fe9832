/* A machine that can go wrong, put under the server with LD_PRELOAD: it stands between the program and the C library.
 *
 * REDRESS_TEST_FOLDER   the folder that lies on the disk in question
 * REDRESS_TEST_RECORD   a file: every change to the disk is written down there, in the order in which the disk was told
 * REDRESS_TEST_DISK     a file that says how the disk is: "full" or "read-only"; anything else is a good disk
 * REDRESS_TEST_CLOCK    a file that says by how many seconds the machine's clock is wrong
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FDS = 4096, LONGEST = 4096 };
enum { OPENED = 1, WRITTEN = 2, SYNCED = 3, CUT = 4, FOLDER_SYNCED = 5, REMOVED = 6 };
enum state { GOOD, FULL, READ_ONLY };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *disk_file, *clock_file;
static int record = -1;
/* The name of each open file below the folder, or NULL; the folder itself is "". */
static char *names[MOST_FDS];

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("REDRESS_TEST_FOLDER");
    disk_file = getenv("REDRESS_TEST_DISK");
    clock_file = getenv("REDRESS_TEST_CLOCK");
    const char *path = getenv("REDRESS_TEST_RECORD");
    if (path) {
        record = REAL(open64)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (record < 0) abort();
    }
}

/* What a small file says; empty where there is none. */
static void read_word(const char *path, char *word, size_t size) {
    word[0] = 0;
    if (!path) return;
    int fd = REAL(open64)(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    ssize_t length = REAL(read)(fd, word, size - 1);
    word[length > 0 ? length : 0] = 0;
    REAL(close)(fd);
}

static enum state disk(void) {
    char word[32];
    read_word(disk_file, word, sizeof word);
    return strncmp(word, "full", 4) == 0 ? FULL : strncmp(word, "read-only", 9) == 0 ? READ_ONLY : GOOD;
}

/* The name of a path below the folder; NULL for what lies elsewhere. */
static const char *below(const char *path) {
    if (!folder || !path) return NULL;
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0) return NULL;
    if (path[length] == 0) return path + length;
    return path[length] == '/' ? path + length + 1 : NULL;
}

static const char *name_of(int fd) { return fd >= 0 && fd < MOST_FDS ? names[fd] : NULL; }

/* The index of the write-ahead log is shared memory: it is made again at every start and never read after a power cut. */
static int is_memory(const char *name) {
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, "-shm") == 0;
}

/* One change: kind, length of the name, offset, length of the bytes, then both. Called with the lock held. */
static void note(uint32_t kind, const char *name, uint64_t offset, const void *bytes, uint64_t length) {
    if (record < 0 || is_memory(name)) return;
    struct { uint32_t kind, name; uint64_t offset, length; } head = {kind, strlen(name), offset, length};
    size_t whole = sizeof head + head.name + length;
    char *entry = malloc(whole);
    if (!entry) abort();
    memcpy(entry, &head, sizeof head);
    memcpy(entry + sizeof head, name, head.name);
    if (length) memcpy(entry + sizeof head + head.name, bytes, length);
    /* In one write, so that whoever reads the record meanwhile sees whole entries. */
    if (REAL(write)(record, entry, whole) != (ssize_t)whole) abort();
    free(entry);
}

static int opened(int fd, const char *path, int is_new) {
    const char *name = below(path);
    if (fd < 0 || fd >= MOST_FDS || !name) return fd;
    pthread_mutex_lock(&lock);
    free(names[fd]);
    names[fd] = strdup(name);
    if (is_new) note(OPENED, name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return fd;
}

static int open_as(const char *called, const char *path, int flags, mode_t mode) {
    const char *name = below(path);
    int is_new = name && (flags & O_CREAT) && access(path, F_OK) != 0;
    if (name && disk() == READ_ONLY && (is_new || (flags & O_ACCMODE) != O_RDONLY)) {
        errno = EROFS;
        return -1;
    }
    if (is_new && disk() == FULL) {
        errno = ENOSPC;
        return -1;
    }
    int (*open_file)(const char *, int, ...) = (int (*)(const char *, int, ...))real(called);
    int fd = open_file(path, flags, mode);
    if (name && fd >= 0 && (flags & O_TRUNC)) {
        pthread_mutex_lock(&lock);
        note(CUT, name, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return opened(fd, path, is_new);
}

#define OPEN(called)                                          \
    int called(const char *path, int flags, ...) {            \
        mode_t mode = 0;                                      \
        if (flags & (O_CREAT | O_TMPFILE)) {                  \
            va_list rest;                                     \
            va_start(rest, flags);                            \
            mode = va_arg(rest, mode_t);                      \
            va_end(rest);                                     \
        }                                                     \
        return open_as(#called, path, flags, mode);           \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    if (name_of(fd)) {
        pthread_mutex_lock(&lock);
        free(names[fd]);
        names[fd] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return REAL(close)(fd);
}

/* How many of these bytes the disk takes; none and errno where it takes nothing. */
static ssize_t room(int fd, off64_t offset, size_t count) {
    enum state now = disk();
    if (now == GOOD) return count;
    struct stat64 file;
    if (now == FULL && fstat64(fd, &file) == 0) {
        off64_t left = file.st_size - offset;
        if (left >= (off64_t)count) return count;
        /* As file systems do: what still fits is written, and the next call is refused. */
        if (left > 0) return left;
    }
    errno = now == FULL ? ENOSPC : EROFS;
    return -1;
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off64_t offset) {
    ssize_t fits = room(fd, offset, count);
    if (fits < 0) return -1;
    pthread_mutex_lock(&lock);
    ssize_t done = REAL(pwrite64)(fd, bytes, fits, offset);
    if (done > 0) note(WRITTEN, names[fd], offset, bytes, done);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    return name_of(fd) ? write_at(fd, bytes, count, offset) : REAL(pwrite64)(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    if (!name_of(fd)) return REAL(write)(fd, bytes, count);
    struct stat64 file;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    off64_t offset = appends && fstat64(fd, &file) == 0 ? file.st_size : lseek64(fd, 0, SEEK_CUR);
    ssize_t done = write_at(fd, bytes, count, offset);
    if (done > 0) lseek64(fd, offset + done, SEEK_SET);
    return done;
}

static int flush(const char *called, int fd) {
    const char *name = name_of(fd);
    int (*sync_file)(int) = (int (*)(int))real(called);
    if (!name) return sync_file(fd);
    if (disk() == READ_ONLY) {
        errno = EROFS;
        return -1;
    }
    pthread_mutex_lock(&lock);
    struct stat64 file;
    int is_folder = fstat64(fd, &file) == 0 && S_ISDIR(file.st_mode);
    int failed = sync_file(fd);
    if (!failed) note(is_folder ? FOLDER_SYNCED : SYNCED, name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

int fsync(int fd) { return flush("fsync", fd); }
int fdatasync(int fd) { return flush("fdatasync", fd); }

int ftruncate64(int fd, off64_t length) {
    if (!name_of(fd)) return REAL(ftruncate64)(fd, length);
    enum state now = disk();
    struct stat64 file;
    if (now == READ_ONLY || (now == FULL && fstat64(fd, &file) == 0 && file.st_size < length)) {
        errno = now == FULL ? ENOSPC : EROFS;
        return -1;
    }
    pthread_mutex_lock(&lock);
    int failed = REAL(ftruncate64)(fd, length);
    if (!failed) note(CUT, names[fd], length, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
    const char *name = below(path);
    if (!name) return REAL(unlink)(path);
    if (disk() == READ_ONLY) {
        errno = EROFS;
        return -1;
    }
    pthread_mutex_lock(&lock);
    int failed = REAL(unlink)(path);
    if (!failed) note(REMOVED, name, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    return failed;
}

int clock_gettime(clockid_t which, struct timespec *now) {
    int failed = REAL(clock_gettime)(which, now);
    if (!failed && clock_file && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) {
        char seconds[32];
        read_word(clock_file, seconds, sizeof seconds);
        now->tv_sec += atol(seconds);
    }
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *where) {
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    if (where) *where = precise.tv_sec;
    return precise.tv_sec;
}
