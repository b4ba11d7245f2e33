/*
 * Large memory in few pages: taken from the system and given back to it, past malloc. In ordinary pages each 4 KB costs a
 * page fault, up to 13 us in a virtual machine (docs/decisions/0003, 0016).
 */
#ifndef BASE_HUGE_PAGES_H
#define BASE_HUGE_PAGES_H

#include <stddef.h>

#define HUGE_PAGE ((size_t)2 * 1024 * 1024)

/* n bytes, zeroed, aligned to HUGE_PAGE; in ordinary pages where the system has no others. The caller gives them back.
 * NULL: there is no memory. */
void *huge_pages_take(size_t n);

/* What huge_pages_take(n) gave; NULL is nothing. */
void huge_pages_give_back(void *p, size_t n);

#endif
