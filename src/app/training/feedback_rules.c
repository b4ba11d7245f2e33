/* Counting answers (domain reference 4.11 and 5.4): respondents, not attendees, are the base. */
#include "app/training/feedback.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/core.h"
#include "trust/trust.h"

#define STATEMENT(member) feedback_statement(#member), t->member, t->member##_agree

/* One place says the words: the form's labels. */
static const char *feedback_statement(const char *name)
{
	const struct field *f = record_field(&feedback_form_record, name);

	return f == NULL ? "" : f->label;
}

static struct feedback_item item(const char *name, const char *statement, int64_t answers,
				 int64_t agree)
{
	struct feedback_item i = {
		.name = name, .statement = statement, .answers = answers, .agree = agree
	};

	if (answers > 0) {
		i.share = (double)agree / (double)answers;
		wilson_interval(agree, answers, &i.low, &i.high);
	}
	return i;
}

void feedback_results(const struct feedback_totals *t, int64_t attendees,
		      struct feedback_results *out)
{
	*out = (struct feedback_results){
		.answers = t->answers,
		.attendees = attendees,
		.rate_known = attendees > 0,
		.response_rate = attendees > 0 ? (double)t->answers / (double)attendees : 0,
		.items = {
			item("understanding", STATEMENT(understanding)),
			item("confidence", STATEMENT(confidence)),
			item("knows_referral", STATEMENT(knows_referral)),
			item("knows_channel", STATEMENT(knows_channel)),
			item("would_act", STATEMENT(would_act)),
			item("trainer_quality", STATEMENT(trainer_quality)),
			item("balance", STATEMENT(balance)),
		},
		.enough = t->answers >= SHOWN_FROM,
	};
}

int64_t feedback_id(struct arena *a, const char *ticket, const char *code)
{
	const char *text = arena_printf(a, "feedback %s %s", code, ticket);
	char hex[65], head[16];

	sha256_hex(text, strlen(text), hex);
	memcpy(head, hex, 15);
	head[15] = '\0';
	return (int64_t)strtoull(head, NULL, 16) + 1; /* 60 bits, never 0 */
}

bool feedback_is_empty(const struct feedback_form *f)
{
	return f->understanding == 0 && f->confidence == 0 && f->knows_referral == 0 &&
	       f->knows_channel == 0 && f->would_act == 0 && f->trainer_quality == 0 &&
	       f->balance == 0 && text_empty(f->comment);
}

/* Places are an estimate and webinars run over; twice the larger number leaves honest answers room
 * and keeps one person with the link from drowning them all. */
int64_t feedback_most(int64_t places, int64_t people)
{
	return 2 * (places > people ? places : people);
}
