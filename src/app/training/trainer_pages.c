/* Trainers: the list, one trainer, the forms of its moves. */
#include "app/training/trainer.h"

#include "app/training/provider.h"
#include "app/training/trainer.sql.h"
#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "db/args.h"

enum { DUE_LAPSING = 1 };

static const struct word dues[] = {
	{ DUE_LAPSING, "lapsing", "Lapses within 60 days", NULL },
	{ 0, NULL, NULL, NULL },
};
static const struct words trainer_due_words = { "trainer-due", dues };

static const struct field trainers_args_fields[] = {
	FIELD(struct trainers_args, authority_id),
	FIELD(struct trainers_args, own_user_id),
	FIELD(struct trainers_args, own_urn),
	FIELD(struct trainers_args, after_key),
	FIELD(struct trainers_args, after_id),
	FIELD(struct trainers_args, row_limit),
	FIELD(struct trainers_args, state, .label = "State", .words = &accreditation_state_words, .flags = F_NULLABLE),
	FIELD(struct trainers_args, due, .label = "Due", .words = &trainer_due_words, .flags = F_NULLABLE),
	FIELD(struct trainers_args, accreditation, .label = "Accreditation", .words = &accreditation_words,
	      .flags = F_NULLABLE),
	FIELD(struct trainers_args, today),
	FIELD(struct trainers_args, soon),
	FIELD_END
};
RECORD(trainers_args, trainers_args_fields);

static const struct field trainer_line_fields[] = {
	FIELD(struct trainer_line, id),
	FIELD(struct trainer_line, reference, .label = "Reference", .flags = F_REFERENCE),
	FIELD(struct trainer_line, name, .label = "Name", .flags = F_PERSONAL),
	FIELD(struct trainer_line, name_fold),
	FIELD(struct trainer_line, provider, .label = "Works for", .flags = F_NULLABLE),
	FIELD(struct trainer_line, accreditation, .label = "Accreditation", .words = &accreditation_words),
	FIELD(struct trainer_line, state, .label = "State", .words = &accreditation_state_words),
	FIELD(struct trainer_line, accredited_on, .label = "Accredited on", .flags = F_NULLABLE),
	FIELD(struct trainer_line, expires_on, .label = "Last day", .flags = F_NULLABLE),
	FIELD(struct trainer_line, topics, .label = "Topics", .flags = F_NULLABLE),
	FIELD(struct trainer_line, languages, .label = "Languages", .flags = F_NULLABLE),
	FIELD_END
};
RECORD(trainer_line, trainer_line_fields);

static struct url line_link(struct arena *a, const void *row)
{
	return link_trainer(a, ((const struct trainer_line *)row)->reference);
}

static const char *line_tag(const void *row)
{
	return accreditation_tag(((const struct trainer_line *)row)->state);
}

static const char *line_after(struct arena *a, const void *row)
{
	return ((const struct trainer_line *)row)->name_fold;
}

static const char *last_day(struct arena *a, struct date expires_on)
{
	return date_is_set(expires_on) ? date_long(a, expires_on) : "No end";
}

static const char *line_last_day(struct arena *a, const void *row)
{
	const struct trainer_line *t = row;

	return t->state == ACCREDITATION_APPLIED ? "" : last_day(a, t->expires_on);
}

static const struct column columns[] = {
	{ .field = "name", .link = line_link },
	{ .field = "reference", .export_only = true },
	{ .field = "provider" },
	{ .field = "accreditation" },
	{ .field = "state", .tag = line_tag },
	{ .field = "accredited_on", .export_only = true },
	{ .heading = "Last day", .text = line_last_day },
	{ .field = "topics", .export_only = true },
	{ .field = "languages", .export_only = true },
	{ 0 },
};

static const struct sort sorts[] = {
	{ "name", "Name", &SQL_trainers_by_name, line_after },
	{ 0 },
};

static struct err *before_list(struct page *p, const void *args)
{
	if (page_may(p, PERM_trainer_accredit)) {
		ui_button(p->html, &(struct ui_button){ .text = "Add a trainer", .href = URL("/training/trainers/new") });
	}
	return NULL;
}

static void list_defaults(struct page *p, void *args)
{
	struct trainers_args *a = args;

	a->today = p->today;
	a->soon = date_add_days(p->today, LAPSE_SOON_DAYS);
}

const struct list trainer_list = {
	.name = "trainers",
	.title = "Trainers",
	.caption = "Trainers",
	.empty = "There are no trainers that fit.",
	.path = "/training/trainers",
	.permission = PERM_training_read,
	.args = &trainers_args_record,
	.row = &trainer_line_record,
	.columns = columns,
	.sorts = sorts,
	.before = before_list,
	.defaults = list_defaults,
};

struct err *trainer_today(struct page *p, struct today *out)
{
	bool own = policy_reach(p->who->role, PERM_training_read) == REACH_OWN;
	struct trainers_args args = { .authority_id = p->who->authority_id, .own_user_id = own ? p->who->user_id : 0 };
	struct count_row lapsing;

	if (!own && !page_may(p, PERM_training_manage)) {
		return NULL;
	}
	list_defaults(p, &args);
	TRY(sql_trainers_lapsing(p->arena, p->db, &args, &lapsing));
	if (lapsing.n > 0) {
		today_add(out, false, url_with(p->arena, URL("/training/trainers"), "due", "lapsing"),
			  lapsing.n == 1 ? "%lld trainer’s accreditation lapses in the next %d days"
					 : "%lld trainers’ accreditations lapse in the next %d days",
			  (long long)lapsing.n, LAPSE_SOON_DAYS);
	}
	return NULL;
}

/* ---- one trainer ---- */

struct err *trainer_relate(struct page *p, enum relation *out)
{
	struct accreditation x;

	TRY(trainer_of(p->arena, p->db, p->who, page_path(p, "trainer"), &x));
	*out = x.user_id != 0 && x.user_id == p->who->user_id ? RELATION_OWN : RELATION_NONE;
	return NULL;
}

static struct err *of_page(struct page *p, struct accreditation *out)
{
	return trainer_of(p->arena, p->db, p->who, page_path(p, "trainer"), out);
}

static int state_today(const struct page *p, const struct accreditation *x)
{
	return accreditation_on(x->state, x->expires_on, p->today);
}

static const char *or_none(const char *text)
{
	return text_empty(text) ? "Not provided" : text;
}

static void facts(struct page *p, const struct accreditation *x)
{
	struct arena *a = p->arena;
	bool applied = x->state == ACCREDITATION_APPLIED;
	struct ui_summary_row rows[10];
	size_t n = 0;

	rows[n++] = (struct ui_summary_row){ .key = "Reference", .value = x->reference };
	rows[n++] = (struct ui_summary_row){ .key = "Account", .value = x->user_id == 0 ? "None" : x->user };
	rows[n++] = (struct ui_summary_row){
		.key = "Works for",
		.value = or_none(x->provider),
		.value_href = x->provider_id == 0 ? (struct url){ 0 } : link_provider(a, x->provider_reference)
	};
	rows[n++] = (struct ui_summary_row){ .key = "Accreditation", .value = words_label(&accreditation_words, x->accreditation) };
	if (!applied) {
		rows[n++] = (struct ui_summary_row){ .key = "Accredited on",
						     .value = date_is_set(x->accredited_on) ? date_long(a, x->accredited_on)
											    : "Not recorded" };
		rows[n++] = (struct ui_summary_row){ .key = "Last day", .value = last_day(a, x->expires_on) };
	}
	if (x->state == ACCREDITATION_WITHDRAWN) {
		rows[n++] = (struct ui_summary_row){ .key = "Withdrawn because", .value = x->reason, .value_classes = "app-lines" };
	}
	rows[n++] = (struct ui_summary_row){ .key = "Topics", .value = or_none(x->topics), .value_classes = "app-lines" };
	rows[n++] = (struct ui_summary_row){ .key = "Languages", .value = or_none(x->languages) };
	ui_summary_list(p->html, &(struct ui_summary_list){ .rows = rows, .n_rows = n });
}

/* Confirmed sessions ahead on whose day the accreditation is not active: they need another trainer, or a renewal. */
static struct err *unfit(struct page *p, const struct accreditation *x)
{
	struct account_day_arg args = { .authority_id = x->authority_id, .user_id = x->user_id, .from = p->today };
	bool ends = x->state == ACCREDITATION_ACTIVE && date_is_set(x->expires_on);
	struct count_row sessions;

	if (x->user_id == 0 || (x->state == ACCREDITATION_ACTIVE && !ends)) {
		return NULL;
	}
	if (ends && date_compare(x->expires_on, p->today) >= 0) {
		args.from = date_add_days(x->expires_on, 1);
	}
	TRY(sql_trainer_sessions_unfit(p->arena, p->db, &args, &sessions));
	if (sessions.n > 0) {
		ui_inset_text(p->html,
			      &(struct ui_inset_text){
				      .text = arena_printf(p->arena,
							   "Confirmed sessions from %s that name this trainer: %lld. Name another "
							   "trainer for them%s.",
							   date_long(p->arena, args.from), (long long)sessions.n,
							   x->state == ACCREDITATION_ACTIVE ? ", or renew the accreditation" : "") });
	}
	return NULL;
}

static void move_button(struct page *p, const struct accreditation *x, enum accreditation_move move, const char *pattern,
			const char *text)
{
	if (accreditation_move_fault(state_today(p, x), move) == NULL) {
		ui_button(p->html, &(struct ui_button){ .text = text,
							.classes = move == MOVE_WITHDRAW ? "govuk-button--secondary" : NULL,
							.href = url_path(p->arena, pattern, x->reference) });
	}
}

static void actions(struct page *p, const struct accreditation *x)
{
	if (x->state == ACCREDITATION_WITHDRAWN) {
		return;
	}
	LIT(p->html, "<div class=\"govuk-button-group\">");
	move_button(p, x, MOVE_ACCREDIT, "/training/trainers/{}/accredit", "Accredit this trainer");
	move_button(p, x, MOVE_RENEW, "/training/trainers/{}/renew", "Renew the accreditation");
	ui_button(p->html, &(struct ui_button){ .text = "Change details",
						.classes = "govuk-button--secondary",
						.href = url_path(p->arena, "/training/trainers/{}/edit", x->reference) });
	move_button(p, x, MOVE_WITHDRAW, "/training/trainers/{}/withdraw",
		    x->state == ACCREDITATION_APPLIED ? "Turn down or withdraw" : "Withdraw the accreditation");
	LIT(p->html, "</div>");
}

struct err *trainer_page(struct page *p)
{
	struct accreditation x;

	TRY(of_page(p, &x));
	int state = state_today(p, &x);

	page_begin(p, &(struct page_head){ .title = x.name, .caption = "Trainer", .back = URL("/training/trainers") });
	LIT(p->html, "<p class=\"govuk-body\">");
	ui_tag(p->html, &(struct ui_tag){ .text = words_label(&accreditation_state_words, state),
					  .classes = arena_printf(p->arena, "govuk-tag--%s", accreditation_tag(state)) });
	LIT(p->html, "</p>");
	TRY(unfit(p, &x));
	facts(p, &x);
	if (x.user_id != 0 && policy_allows(p->who->role, PERM_training_deliver, p->relation)) {
		LIT(p->html, "<p class=\"govuk-body\">");
		ui_anchor(p->html, url_path(p->arena, "/training/trainers/{}/feedback", x.reference),
			  "What people said of this trainer’s sessions");
		LIT(p->html, "</p>");
	}
	if (page_may(p, PERM_trainer_accredit)) {
		actions(p, &x);
	}
	page_end(p);
	return NULL;
}

struct err *trainer_new_page(struct page *p)
{
	page_begin(p, &(struct page_head){ .title = "Add a trainer", .back = URL("/training/trainers") });
	TRY(page_form(p, &(struct form){ .record = &trainer_form_record,
					 .action = URL("/training/trainers/new"),
					 .submit = "Add trainer",
					 .cancel = URL("/training/trainers") }));
	page_end(p);
	return NULL;
}

/* A form about this trainer: the same frame for all of them. */
static struct err *form_page(struct page *p, const struct accreditation *x, const char *title, struct form form,
			     const char *pattern)
{
	struct url back = link_trainer(p->arena, x->reference);

	page_begin(p, &(struct page_head){ .title = title, .caption = x->name, .back = back });
	form.action = url_path(p->arena, pattern, x->reference);
	form.version = x->version;
	form.cancel = back;
	TRY(page_form(p, &form));
	page_end(p);
	return NULL;
}

struct err *trainer_edit_page(struct page *p)
{
	struct accreditation x;

	TRY(of_page(p, &x));
	const struct trainer_form initial = { .name = x.name,
					      .account = x.user_reference,
					      .provider = x.provider_reference,
					      .accreditation = x.accreditation,
					      .topics = x.topics,
					      .languages = x.languages };

	return form_page(p, &x, "Change this trainer",
			 (struct form){ .record = &trainer_form_record, .initial = &initial, .submit = "Save changes" },
			 "/training/trainers/{}/edit");
}

struct err *trainer_accredit_page(struct page *p)
{
	struct accreditation x;
	const struct accredit_form initial = { .accredited_on = p->today };

	TRY(of_page(p, &x));
	return form_page(p, &x, "Accredit this trainer",
			 (struct form){ .record = &accredit_form_record, .initial = &initial, .submit = "Accredit" },
			 "/training/trainers/{}/accredit");
}

struct err *trainer_renew_page(struct page *p)
{
	struct accreditation x;

	TRY(of_page(p, &x));
	return form_page(p, &x, "Renew the accreditation",
			 (struct form){ .record = &renew_form_record, .submit = "Renew" },
			 "/training/trainers/{}/renew");
}

struct err *trainer_withdraw_page(struct page *p)
{
	struct accreditation x;

	TRY(of_page(p, &x));
	return form_page(p, &x, "Withdraw the accreditation",
			 (struct form){ .record = &withdrawal_form_record, .submit = "Withdraw", .warning = true },
			 "/training/trainers/{}/withdraw");
}
