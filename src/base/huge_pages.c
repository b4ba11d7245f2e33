#include "base/huge_pages.h"

#include <stdint.h>
#include <sys/mman.h>

#define ORDINARY_PAGE ((size_t)65536) /* or less: a multiple of what any Linux has */

/* What is taken from the system for so many bytes: huge pages, and ordinary ones for what is left. */
static size_t mapped(size_t n)
{
	return (n + ORDINARY_PAGE - 1) / ORDINARY_PAGE * ORDINARY_PAGE;
}

void *huge_pages_take(size_t n)
{
	size_t m = mapped(n);
	char *p = mmap(NULL, m + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED) {
		return NULL;
	}
	size_t before = (HUGE_PAGE - (uintptr_t)p % HUGE_PAGE) % HUGE_PAGE;
	if (before > 0) {
		munmap(p, before);
	}
	munmap(p + before + m, HUGE_PAGE - before);
	madvise(p + before, m, MADV_HUGEPAGE); /* a system without them gives ordinary pages */
	return p + before;
}

void huge_pages_give_back(void *p, size_t n)
{
	if (p != NULL) {
		munmap(p, mapped(n));
	}
}
