#include "base/xml.h"

const char *xml_escape(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

size_t xml_forbidden(const unsigned char *s)
{
	if (s[0] != '\0' && s[0] < 0x20 && s[0] != '\t' && s[0] != '\n') { /* a carriage return, too: the line feed says it */
		return 1;
	}
	if (s[0] == 0xef && s[1] == 0xbf && s[2] >= 0xbe) { /* U+FFFE, U+FFFF */
		return 3;
	}
	return s[0] == 0xed && s[1] >= 0xa0 ? 3 : 0; /* half of a surrogate pair */
}
