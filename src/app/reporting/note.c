/* The records of a note, its words, and its address. */
#include "app/reporting/note.h"

#define NOTE_TEXT_HINT                                                                             \
	"A line that begins with ## starts the next numbered section. Markdown: an empty line "    \
	"between paragraphs, - for a list. Place a figure as "                                     \
	"{{figure staff-trained 2025-04-01 2026-03-31}}; comparisons and charts are shown above"

static const struct word note_states[] = {
	{ NOTE_DRAFT, "draft", "Draft", NULL },
	{ NOTE_REVIEW, "review", "In review", NULL },
	{ NOTE_SIGNED_OFF, "signed-off", "Signed off", NULL },
	{ NOTE_PUBLISHED, "published", "Published", NULL },
	{ NOTE_EXEMPT, "exempt", "Exempt", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words note_state_words = { "note-state", note_states };

static const struct word exempt_paragraphs[] = {
	{ 1, "individual", "1: about an individual", NULL },
	{ 2, "identity", "2: likely to reveal the identity of an individual", NULL },
	{ 3, "financial", "3: financial or business affairs of a person or the authority", NULL },
	{ 4, "labour-relations", "4: consultations or negotiations on labour relations", NULL },
	{ 5, "legal-privilege", "5: legal professional privilege", NULL },
	{ 6, "notices", "6: a notice, order or direction that is to be given or made", NULL },
	{ 7, "crime", "7: preventing, investigating or prosecuting crime", NULL },
	{ 0, NULL, NULL, NULL },
};
const struct words exempt_words = { "exempt-paragraph", exempt_paragraphs };

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
	      .flags = F_LONG,
	      .hint = "One on each line, with its date. A link is written as [title](https://address). Write None if there "
		      "are none"),
	FIELD(struct note, author, .label = "Author", .flags = F_REQUIRED, .max = 300,
	      .hint = "Name, post and how to reach you: it stands at the end of the note",
	      .asks = "Enter the author's name and post"),
	FIELD(struct note, state, .words = &note_state_words, .flags = F_COMPUTED),
	FIELD(struct note, exempt_under, .words = &exempt_words, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, remark, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, signed_by, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, signed_at, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, released_on, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, corrects_id, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, corrects, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, corrected_by, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, corrected_by_state, .words = &note_state_words, .flags = F_COMPUTED | F_NULLABLE),
	FIELD(struct note, version, .flags = F_COMPUTED),
	FIELD_END,
};
RECORD(note, note_fields);

static const struct field note_return_fields[] = {
	FIELD(struct note_return, remark, .label = "What needs to change", .max = 2000, .flags = F_REQUIRED | F_LONG,
	      .asks = "Enter what needs to change"),
	FIELD_END,
};
RECORD(note_return, note_return_fields);

static const struct field note_sign_fields[] = {
	FIELD(struct note_sign, checked,
	      .label = "I have read the note and its figures. It identifies nobody who was trained"),
	FIELD_END,
};
RECORD(note_sign, note_sign_fields);

static const struct field note_exempt_fields[] = {
	FIELD(struct note_exempt, paragraph, .label = "Paragraph of Schedule 12A", .words = &exempt_words,
	      .flags = F_REQUIRED | F_RADIOS, .asks = "Select the paragraph that keeps the note from the public",
	      .hint = "Local Government Act 1972, Schedule 12A, Part 1. The public interest in keeping the exemption "
		      "must outweigh that in disclosing the information"),
	FIELD_END,
};
RECORD(note_exempt, note_exempt_fields);

static const struct field note_row_fields[] = {
	FIELD(struct note_row, id),
	FIELD(struct note_row, reference, .label = "Reference"),
	FIELD(struct note_row, addressed_to, .label = "To"),
	FIELD(struct note_row, dated, .label = "Date"),
	FIELD(struct note_row, subject, .label = "Subject"),
	FIELD(struct note_row, state, .label = "State", .words = &note_state_words),
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
	FIELD(struct note_list_arg, state, .label = "State", .words = &note_state_words, .flags = F_NULLABLE),
	FIELD(struct note_list_arg, sees),
	FIELD_END,
};
RECORD(note_list_arg, note_list_arg_fields);

struct url link_note(struct arena *a, const char *reference)
{
	return url_path(a, "/reports/notes/{}", reference);
}

const char *note_state_tag(int state)
{
	switch (state) {
	case NOTE_REVIEW:
		return "yellow";
	case NOTE_SIGNED_OFF:
		return "turquoise";
	case NOTE_PUBLISHED:
		return "green";
	case NOTE_EXEMPT:
		return "red";
	default:
		return "grey";
	}
}
