/* Field tables of the shared argument and row structs. */
#include "db/args.h"

static const struct field none_fields[] = { FIELD_END };
RECORD(none, none_fields);

static const struct field id_arg_fields[] = { FIELD(struct id_arg, id), FIELD_END };
RECORD(id_arg, id_arg_fields);

static const struct field text_arg_fields[] = { FIELD(struct text_arg, text), FIELD_END };
RECORD(text_arg, text_arg_fields);

static const struct field authority_arg_fields[] = { FIELD(struct authority_arg, authority_id), FIELD_END };
RECORD(authority_arg, authority_arg_fields);

static const struct field count_row_fields[] = { FIELD(struct count_row, n), FIELD_END };
RECORD(count_row, count_row_fields);

static const struct field id_row_fields[] = { FIELD(struct id_row, id), FIELD_END };
RECORD(id_row, id_row_fields);

static const struct field reference_arg_fields[] = {
	FIELD(struct reference_arg, authority_id),
	FIELD(struct reference_arg, reference),
	FIELD_END
};
RECORD(reference_arg, reference_arg_fields);
