/*
 * Multipart bodies piece by piece. A window holds what is not decided yet: in data all but the last
 * (delimiter - 1) bytes are known not to begin a delimiter and go on to the field or file.
 */
#include "http/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/limits.h"

enum {
	BOUNDARY_MAX = 70,
	WINDOW = 32 * 1024,
	UPLOADS_MAX = 4 /* request.uploads */
};

enum state { PREAMBLE, AFTER_BOUNDARY, PART_HEAD, PART_DATA, EPILOGUE };

struct multipart {
	struct request *request;
	enum state state;
	char delimiter[BOUNDARY_MAX + 5]; /* CRLF "--" boundary */
	size_t delimiter_n;
	char *window;
	size_t held;
	const char *name;      /* of the part under way */
	struct upload *upload; /* NULL: a text field */
	struct buf text;
	size_t text_total;
};

static struct err *malformed(void)
{
	return ERR(ERR_INVALID, "The form did not arrive as it should. Go back and send it again.");
}

const char *multipart_boundary(struct arena *a, const char *content_type)
{
	const char *s = strcasestr(content_type, "boundary=");
	size_t n;

	if (s == NULL) {
		return NULL;
	}
	s += strlen("boundary=");
	if (*s == '"') {
		s++;
		n = strcspn(s, "\"");
	} else {
		n = strcspn(s, "; \t");
	}
	if (n == 0 || n > BOUNDARY_MAX || s[n - 1] == ' ') {
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)s[i] < 0x20 || (unsigned char)s[i] > 0x7e) {
			return NULL;
		}
	}
	return arena_strndup(a, s, n);
}

struct multipart *multipart_new(struct request *request, const char *boundary)
{
	struct multipart *m = ARENA_NEW(request->arena, struct multipart, 1);

	m->request = request;
	m->window = arena_alloc(request->arena, WINDOW);
	memcpy(m->delimiter, "\r\n--", 4);
	m->delimiter_n = 4 + strlen(boundary);
	memcpy(m->delimiter + 4, boundary, strlen(boundary));
	memcpy(m->window, "\r\n", 2); /* so that the first boundary is found like the others */
	m->held = 2;
	return m;
}

static void consume(struct multipart *m, size_t n)
{
	m->held -= n;
	memmove(m->window, m->window + n, m->held);
}

static void close_file(void *object)
{
	close(*(int *)object);
}

static struct err *open_file(struct multipart *m)
{
	struct arena *a = m->request->arena;
	int fd = memfd_create("dueregard-upload", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0) {
		return ERR_DETAIL(ERR_IO, "memfd_create: %s", strerror(errno));
	}
	int *kept = ARENA_NEW(a, int, 1);
	*kept = fd;
	arena_defer(a, close_file, kept);
	m->upload->fd = fd;
	return NULL;
}

static struct err *data(struct multipart *m, const char *p, size_t n)
{
	if (m->upload == NULL) {
		m->text_total += n;
		if (m->text_total > HTTP_TEXT_MAX) {
			return ERR(ERR_LIMIT, "The form holds more text than this service takes at once. Shorten it.");
		}
		if (memchr(p, 0, n) != NULL) {
			return ERR(ERR_INVALID, "The form holds a character that is not text. Remove it and send again.");
		}
		buf_add(&m->text, p, n);
		return NULL;
	}
	if (m->upload->fd < 0 && n > 0) {
		TRY(open_file(m));
	}
	while (n > 0) {
		ssize_t put = write(m->upload->fd, p, n);
		if (put <= 0) {
			return ERR_DETAIL(ERR_IO, "spooling an upload: %s", strerror(errno));
		}
		p += put;
		n -= (size_t)put;
		m->upload->size += put;
	}
	return NULL;
}

static struct err *end_part(struct multipart *m)
{
	struct upload *u = m->upload;

	if (u == NULL) {
		pairs_add(m->request->arena, &m->request->form, m->name, m->text.p == NULL ? "" : m->text.p);
		return NULL;
	}
	if (u->fd < 0 && u->filename[0] != '\0') { /* a file was chosen and is empty */
		TRY(open_file(m));
	}
	if (u->fd >= 0 && (lseek(u->fd, 0, SEEK_SET) != 0 ||
			   fcntl(u->fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW) != 0)) {
		return ERR_DETAIL(ERR_IO, "sealing an upload: %s", strerror(errno));
	}
	return NULL;
}

/* A quoted parameter of Content-Disposition: name="value". Browsers write quotes inside as %22. */
static const char *parameter(struct arena *a, const char *line, size_t n, const char *name)
{
	size_t name_n = strlen(name);

	for (size_t i = 0; i + name_n + 2 < n; i++) {
		bool starts = i > 0 && (line[i - 1] == ';' || line[i - 1] == ' ' || line[i - 1] == '\t');
		if (line[i] == '"') { /* over a quoted value */
			const char *close_quote = memchr(line + i + 1, '"', n - i - 1);
			if (close_quote == NULL) {
				return NULL;
			}
			i = (size_t)(close_quote - line);
			continue;
		}
		if (!starts || strncasecmp(line + i, name, name_n) != 0 || line[i + name_n] != '=' ||
		    line[i + name_n + 1] != '"') {
			continue;
		}
		const char *value = line + i + name_n + 2;
		const char *close_quote = memchr(value, '"', n - (size_t)(value - line));
		return close_quote == NULL ? NULL : arena_strndup(a, value, (size_t)(close_quote - value));
	}
	return NULL;
}

/* The Content-Disposition line among the part's headers; *n_out its length. NULL: none. */
static const char *disposition(const char *head, size_t n, size_t *n_out)
{
	static const char name[] = "Content-Disposition:";
	const char *end = head + n;

	while (head < end) {
		const char *stop = memmem(head, (size_t)(end - head), "\r\n", 2);
		size_t line_n = (size_t)((stop == NULL ? end : stop) - head);
		if (line_n > sizeof(name) && strncasecmp(head, name, sizeof(name) - 1) == 0) {
			*n_out = line_n;
			return head;
		}
		head += line_n + 2;
	}
	return NULL;
}

static struct err *begin_part(struct multipart *m, size_t head_n)
{
	struct request *r = m->request;
	size_t n = 0;
	const char *line = memchr(m->window, 0, head_n) != NULL ? NULL : disposition(m->window, head_n, &n);

	if (line == NULL || memmem(line, n, "form-data", 9) == NULL) {
		return malformed();
	}
	const char *filename = parameter(r->arena, line, n, "filename");
	m->name = parameter(r->arena, line, n, "name");
	if (m->name == NULL || strlen(m->name) > HTTP_NAME_MAX) {
		return malformed();
	}
	if (r->form.n + r->n_uploads >= HTTP_FIELDS_MAX) {
		return ERR(ERR_LIMIT, "The form has too many fields. Send it in smaller parts.");
	}
	m->upload = NULL;
	buf_init(&m->text, r->arena, HTTP_TEXT_MAX + 1);
	if (filename != NULL) {
		if (r->n_uploads >= UPLOADS_MAX) {
			return ERR(ERR_LIMIT, "Send at most %d files at once.", UPLOADS_MAX);
		}
		m->upload = &r->uploads[r->n_uploads++];
		*m->upload = (struct upload){ .name = m->name, .filename = filename, .fd = -1 };
	}
	return NULL;
}

static struct err *step_data(struct multipart *m, bool *more)
{
	const char *at = memmem(m->window, m->held, m->delimiter, m->delimiter_n);
	size_t sure = m->held < m->delimiter_n ? 0 : m->held - (m->delimiter_n - 1);

	if (at != NULL) {
		sure = (size_t)(at - m->window);
	}
	if (m->state == PART_DATA) {
		TRY(data(m, m->window, sure));
	}
	consume(m, sure);
	if (at == NULL) {
		*more = false;
		return NULL;
	}
	consume(m, m->delimiter_n);
	if (m->state == PART_DATA) {
		TRY(end_part(m));
	}
	m->state = AFTER_BOUNDARY;
	return NULL;
}

static struct err *step_after_boundary(struct multipart *m, bool *more)
{
	const char *line_end = memmem(m->window, m->held, "\r\n", 2);

	if (m->held >= 2 && memcmp(m->window, "--", 2) == 0) {
		m->state = EPILOGUE;
		return NULL;
	}
	if (line_end == NULL) {
		*more = false;
		return m->held > BOUNDARY_MAX ? malformed() : NULL;
	}
	size_t padding = (size_t)(line_end - m->window);
	for (size_t i = 0; i < padding; i++) {
		if (m->window[i] != ' ' && m->window[i] != '\t') {
			return malformed();
		}
	}
	consume(m, padding + 2);
	m->state = PART_HEAD;
	return NULL;
}

static struct err *step_head(struct multipart *m, bool *more)
{
	const char *end = memmem(m->window, m->held, "\r\n\r\n", 4);

	if (end == NULL) {
		*more = false;
		return m->held > HTTP_PART_HEAD_MAX ? malformed() : NULL;
	}
	size_t n = (size_t)(end - m->window);
	if (n > HTTP_PART_HEAD_MAX) {
		return malformed();
	}
	TRY(begin_part(m, n));
	consume(m, n + 4);
	m->state = PART_DATA;
	return NULL;
}

static struct err *step(struct multipart *m, bool *more)
{
	switch (m->state) {
	case PREAMBLE:
	case PART_DATA:
		return step_data(m, more);
	case AFTER_BOUNDARY:
		return step_after_boundary(m, more);
	case PART_HEAD:
		return step_head(m, more);
	case EPILOGUE:
		m->held = 0;
		*more = false;
		return NULL;
	}
	return NULL;
}

struct err *multipart_feed(struct multipart *m, const char *p, size_t n)
{
	while (n > 0) {
		size_t here = WINDOW - m->held < n ? WINDOW - m->held : n;
		bool more = true;
		memcpy(m->window + m->held, p, here);
		m->held += here;
		p += here;
		n -= here;
		while (more) {
			TRY(step(m, &more));
		}
	}
	return NULL;
}

struct err *multipart_end(struct multipart *m)
{
	return m->state == EPILOGUE ? NULL : malformed();
}
