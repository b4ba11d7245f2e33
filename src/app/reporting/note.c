/* The records of a note, and its address. */
#include "app/reporting/note.h"

#define NOTE_TEXT_HINT                                                                             \
	"A line that begins with ## starts the next numbered section. Markdown: an empty line "    \
	"between paragraphs, - for a list. Place a figure as "                                     \
	"{{figure staff-trained 2025-04-01 2026-03-31}}"

static const struct field note_fields[] = {
	FIELD(struct note, id, .flags = F_COMPUTED),
	FIELD(struct note, authority_id, .flags = F_COMPUTED),
	FIELD(struct note, reference, .flags = F_COMPUTED | F_REFERENCE),
	FIELD(struct note, addressed_to, .label = "To", .flags = F_REQUIRED, .max = 200,
	      .hint = "The committee or board, for example Scrutiny Co-ordination Committee",
	      .asks = "Enter who the note is to"),
	FIELD(struct note, dated, .label = "Date", .flags = F_REQUIRED),
	FIELD(struct note, subject, .label = "Subject", .flags = F_REQUIRED, .max = 200),
	FIELD(struct note, purpose, .label = "1 Purpose of the note", .max = 4000,
	      .flags = F_REQUIRED | F_LONG, .asks = "Enter the purpose of the note"),
	FIELD(struct note, recommendations, .label = "2 Recommendations", .max = 10000,
	      .flags = F_REQUIRED | F_LONG, .asks = "Enter what the committee is asked to do"),
	FIELD(struct note, information, .label = "3 Information and background", .max = 60000,
	      .flags = F_REQUIRED | F_LONG, .hint = NOTE_TEXT_HINT,
	      .asks = "Enter the information"),
	FIELD(struct note, background_papers, .label = "Background papers", .max = 10000,
	      .flags = F_LONG, .hint = "One on each line"),
	FIELD(struct note, author, .label = "Author", .flags = F_REQUIRED, .max = 300,
	      .hint = "Name, post and how to reach you: it stands at the end of the note",
	      .asks = "Enter the author's name and post"),
	FIELD(struct note, version, .flags = F_COMPUTED),
	FIELD_END,
};
RECORD(note, note_fields);

static const struct field note_row_fields[] = {
	FIELD(struct note_row, id),
	FIELD(struct note_row, reference, .label = "Reference"),
	FIELD(struct note_row, addressed_to, .label = "To"),
	FIELD(struct note_row, dated, .label = "Date"),
	FIELD(struct note_row, subject, .label = "Subject"),
	FIELD_END,
};
RECORD(note_row, note_row_fields);

static const struct field note_list_arg_fields[] = {
	FIELD(struct note_list_arg, authority_id),
	FIELD(struct note_list_arg, own_user_id),
	FIELD(struct note_list_arg, own_urn),
	FIELD(struct note_list_arg, after_key),
	FIELD(struct note_list_arg, after_id),
	FIELD(struct note_list_arg, row_limit),
	FIELD(struct note_list_arg, find, .label = "Words of the note", .flags = F_NULLABLE, .max = 100),
	FIELD(struct note_list_arg, match, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(note_list_arg, note_list_arg_fields);

struct url link_note(struct arena *a, const char *reference)
{
	return url_path(a, "/reports/notes/{}", reference);
}
