// Calls of Linux that the C library's Swift module leaves out. No code: declarations alone.
#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#endif
