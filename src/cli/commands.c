/* The table of commands. A command has its line here from the day its file is there. */
#include "cli/cli.h"

const struct command *const commands[] = {
	&command_init,
	&command_demo,
	&command_serve,
	&command_import_schools,
	&command_import_attendance,
	&command_import_people,
	&command_coverage,
	&command_figure,
	&command_note,
	&command_user_list,
	&command_user_add,
	&command_user_close,
	&command_user_link,
	&command_audit_verify,
	&command_check,
	&command_backup,
	&command_restore,
	&command_config_check,
	&command_config_explain,
	NULL,
};
