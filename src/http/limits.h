/* Inside http/: what a request may hold, whatever the route allows. */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

enum {
	HTTP_HEAD_MAX = 32 * 1024,           /* memory of a connection: request line, headers, and the head of the answer */
	HTTP_FIELDS_MAX = 2000,              /* an attendance grid of 300 people with room to spare */
	HTTP_NAME_MAX = 200,                 /* of a field */
	HTTP_TEXT_MAX = 2 * 1024 * 1024,     /* all text of a form; files are spooled and not counted */
	HTTP_COOKIES_MAX = 50,
	HTTP_PART_HEAD_MAX = 8 * 1024,       /* headers of one part of a multipart body */
	HTTP_ARENA_MAX = 128 * 1024 * 1024   /* memory of one request and its answer: a list of 20,000 people and 1.9 MB takes some 100 MB */
};

#endif
