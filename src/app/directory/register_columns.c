/* Which columns of the register are read, and finding them by heading. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "app/directory/register.h"
#include "base/arena.h"
#include "base/text.h"

#define QUOTE_MOST 60

/* Headings as GIAS writes them. has_code: the code half can be read by itself (its table is known). */
const struct register_column register_columns[REGISTER_COLUMNS] = {
	{ "URN", false, false, COLUMN_URN, "urn", NULL },
	{ "EstablishmentName", false, false, COLUMN_NAME, "name", NULL },
	{ "LA", true, true, COLUMN_LA, "la_code", "la_name" },
	{ "EstablishmentNumber", false, false, COLUMN_TEXT, "number", NULL },
	{ "TypeOfEstablishment", true, true, COLUMN_TYPE, "type", NULL },
	{ "EstablishmentTypeGroup", true, true, COLUMN_GROUP, "type_group", NULL },
	{ "EstablishmentStatus", true, true, COLUMN_STATUS, "status", NULL },
	{ "OpenDate", false, false, COLUMN_DATE, "open_date", NULL },
	{ "CloseDate", false, false, COLUMN_DATE, "close_date", NULL },
	{ "PhaseOfEducation", true, true, COLUMN_PHASE, "phase", NULL },
	{ "StatutoryLowAge", false, false, COLUMN_NUMBER, "low_age", NULL },
	{ "StatutoryHighAge", false, false, COLUMN_NUMBER, "high_age", NULL },
	{ "Gender", false, true, COLUMN_TEXT, "gender", NULL },
	{ "ReligiousCharacter", false, true, COLUMN_TEXT, "religious_character", NULL },
	{ "NumberOfPupils", false, false, COLUMN_NUMBER, "pupils", NULL },
	{ "Trusts", false, true, COLUMN_TEXT, "trust_name", NULL },
	{ "UKPRN", false, false, COLUMN_TEXT, "ukprn", NULL },
	{ "LastChangedDate", false, false, COLUMN_DATE, "last_changed", NULL },
	{ "Street", false, false, COLUMN_TEXT, "street", NULL },
	{ "Locality", false, false, COLUMN_TEXT, "locality", NULL },
	{ "Town", false, false, COLUMN_TEXT, "town", NULL },
	{ "County", false, true, COLUMN_TEXT, "county", NULL },
	{ "Postcode", false, false, COLUMN_TEXT, "postcode", NULL },
	{ "SchoolWebsite", false, false, COLUMN_TEXT, "website", NULL },
	{ "TelephoneNum", false, false, COLUMN_TEXT, "telephone", NULL },
	{ "DistrictAdministrative", false, true, COLUMN_TEXT, "district", NULL },
	{ "AdministrativeWard", false, true, COLUMN_TEXT, "ward", NULL },
};

/* The ends of a heading without the spaces round it. */
static size_t trimmed(const char **s)
{
	size_t n;

	while (isspace((unsigned char)**s)) {
		(*s)++;
	}
	n = strlen(*s);
	while (n > 0 && isspace((unsigned char)(*s)[n - 1])) {
		n--;
	}
	return n;
}

bool register_same_heading(const char *a, const char *b)
{
	size_t n = trimmed(&a), m = trimmed(&b);

	return n == m && strncasecmp(a, b, n) == 0;
}

static int heading_index(struct arena *a, const struct csv_row *row, const char *base, const char *half)
{
	const char *wanted = half == NULL ? base : arena_printf(a, "%s (%s)", base, half);

	for (size_t i = 0; i < row->n; i++) {
		if (register_same_heading(row->cells[i], wanted)) {
			return (int)i;
		}
	}
	return -1;
}

static struct err *not_links(const struct csv_row *heading)
{
	for (size_t i = 0; i < heading->n; i++) {
		if (register_same_heading(heading->cells[i], "LinkURN")) {
			return ERR(ERR_INVALID, "This is the links file (line 1 has a column LinkURN). Choose "
				   "the establishments file here, and give the links file as links.");
		}
	}
	return NULL;
}

static struct err *not_a_register(void)
{
	return ERR(ERR_INVALID, "Line 1 has no column headed URN, so this is not a school register. Download "
		   "\"Establishment fields CSV\" from Get Information About Schools and choose that file.");
}

struct err *register_match(struct arena *a, const struct csv_row *heading,
			   struct column_place places[REGISTER_COLUMNS], const char **missing_out)
{
	struct buf missing;

	buf_init(&missing, a, 8192);
	for (size_t i = 0; i < REGISTER_COLUMNS; i++) {
		const struct register_column *c = &register_columns[i];
		int bare = heading_index(a, heading, c->heading, NULL);
		int code = heading_index(a, heading, c->heading, "code");

		places[i].name = c->has_name ? heading_index(a, heading, c->heading, "name") : bare;
		if (places[i].name < 0) {
			places[i].name = bare;
		}
		places[i].code = c->has_code ? code : -1;
		if (places[i].name < 0 && places[i].code < 0) {
			buf_printf(&missing, "%s%s%s%s\n", c->heading, c->has_code ? " (code) or " : "",
				   c->has_code ? c->heading : "", c->has_name ? " (name)" : "");
		}
	}
	TRY(not_links(heading));
	if (places[0].name < 0) {
		return not_a_register();
	}
	if (places[1].name < 0) {
		return ERR(ERR_INVALID, "Line 1 has no column headed EstablishmentName. A register needs at "
			   "least the columns URN and EstablishmentName.");
	}
	*missing_out = missing.n == 0 ? "" : missing.p;
	return NULL;
}

struct err *register_sniff(struct bytes file, const char *what)
{
	size_t i = 0;

	while (i < file.n && (isspace(file.p[i]) || file.p[i] == 0xEF || file.p[i] == 0xBB || file.p[i] == 0xBF)) {
		i++;
	}
	if (i == file.n) {
		return ERR(ERR_INVALID, "The %s is empty. Download it again and choose the new file.", what);
	}
	if (file.p[i] == '<') {
		return ERR(ERR_INVALID, "The %s is a web page, not a CSV file: line 1 begins with \"<\". "
			   "Download the CSV file itself and choose that.", what);
	}
	if (file.n >= 4 && memcmp(file.p, "PK\x03\x04", 4) == 0) {
		return ERR(ERR_INVALID, "The %s is a zip or Excel file. Unpack it, or save it as CSV, and "
			   "choose the CSV file.", what);
	}
	return NULL;
}

void register_problem(struct arena *a, struct register_problems *p, int64_t line, const char *column,
		      const char *format, ...)
{
	va_list args;

	p->all++;
	if (p->n == REGISTER_PROBLEMS_MOST) {
		return;
	}
	va_start(args, format);
	p->v[p->n++] = (struct register_problem){ .line = line, .column = column,
						  .sentence = arena_vprintf(a, format, args) };
	va_end(args);
}

bool register_cut_short(struct bytes file)
{
	const unsigned char *end = file.n == 0 ? NULL : memchr(file.p, '\n', file.n);

	return end != NULL && end > file.p && end[-1] == '\r' && strchr("\n\",", file.p[file.n - 1]) == NULL;
}

const char *register_quote(struct arena *a, const char *cell)
{
	size_t n = strnlen(cell, QUOTE_MOST + 1);
	bool cut = n > QUOTE_MOST;
	char *out;

	n = cut ? QUOTE_MOST : n;
	while (cut && n > 0 && ((unsigned char)cell[n] & 0xC0) == 0x80) {
		n--; /* not in the middle of a character */
	}
	out = arena_printf(a, "%.*s%s", (int)n, cell, cut ? "..." : "");
	for (char *p = out; *p != '\0'; p++) {
		*p = (unsigned char)*p < ' ' ? ' ' : *p;
	}
	return out;
}

int64_t register_urn(const char *cell)
{
	int64_t urn = 0;
	size_t n = trimmed(&cell);

	if (n != 5 && n != 6) {
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (cell[i] < '0' || cell[i] > '9') {
			return 0;
		}
		urn = urn * 10 + (cell[i] - '0');
	}
	return urn >= 10000 ? urn : 0;
}

static bool digits(const char *s, size_t n, int *out)
{
	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9') {
			return false;
		}
		*out = *out * 10 + (s[i] - '0');
	}
	return n > 0;
}

bool register_date(const char *cell, struct date *out)
{
	size_t n = trimmed(&cell);

	*out = (struct date){ 0 };
	if (n == 0) {
		return true;
	}
	if (n == 10 && cell[4] == '-' && cell[7] == '-') {
		return digits(cell, 4, &out->year) && digits(cell + 5, 2, &out->month) &&
		       digits(cell + 8, 2, &out->day) && date_is_valid(*out);
	}
	for (size_t d = 1; d <= 2; d++) { /* one or two digits for day and month: spreadsheets drop zeros */
		for (size_t m = 1; m <= 2; m++) {
			char mark = n == d + m + 6 ? cell[d] : 0;

			if ((mark == '-' || mark == '/') && cell[d + 1 + m] == mark) {
				return digits(cell, d, &out->day) && digits(cell + d + 1, m, &out->month) &&
				       digits(cell + d + m + 2, 4, &out->year) && date_is_valid(*out);
			}
		}
	}
	return false;
}
