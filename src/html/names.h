/* Elements and attributes that the sink knows. */
#ifndef HTML_NAMES_H
#define HTML_NAMES_H

#include <stdbool.h>
#include <stddef.h>

enum tag_kind {
	TAG_NORMAL,
	TAG_VOID,   /* no content, no end tag: <br> */
	TAG_RCDATA, /* <title>, <textarea> */
	TAG_RAW,    /* <script> */
	TAG_EMPTY   /* SVG shapes, which must close themselves: <path/> */
};

/* The number of an element and the kind of its tag; 0: unknown. */
unsigned char element_find(const char *name, size_t n, enum tag_kind *kind);
const char *element_name(unsigned char element);

enum attribute_class { ATTRIBUTE_PLAIN, ATTRIBUTE_ADDRESS, ATTRIBUTE_REFUSED };
enum attribute_class attribute_classify(const char *name, size_t n);
bool attribute_char(char c);

#endif
