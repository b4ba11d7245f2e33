/* Text in XML 1.0: what OpenDocument files are written with. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <stddef.h>

/* How a character is written where it would be taken for markup; NULL: as it is. */
const char *xml_escape(unsigned char c);
/* Bytes of the UTF-8 character at s that XML has no place for (XML 1.0, 2.2); 0: it may stand. */
size_t xml_forbidden(const unsigned char *s);

#endif
