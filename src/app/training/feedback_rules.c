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
	       f->balance == 0 && f->confidence_before == 0 && f->confidence_after == 0 &&
	       text_empty(f->own_1) && text_empty(f->own_2) && text_empty(f->own_3) && text_empty(f->own_4) &&
	       text_empty(f->own_5) && text_empty(f->comment);
}

const char *feedback_own(const struct feedback_form *f, int64_t number)
{
	const char *const own[OWN_QUESTIONS] = { f->own_1, f->own_2, f->own_3, f->own_4, f->own_5 };

	return number >= 1 && number <= OWN_QUESTIONS ? own[number - 1] : "";
}

/* The middle of n answers counted by value; of an even number the mean of the two in the middle. */
static double median(const int64_t *counts, int64_t n)
{
	int64_t low = 0, high = 0, passed = 0;

	for (int64_t value = 1; value <= 5 && n > 0; value++) {
		int64_t upto = passed + counts[value];

		low = passed < (n + 1) / 2 && upto >= (n + 1) / 2 ? value : low;
		high = passed < n / 2 + 1 && upto >= n / 2 + 1 ? value : high;
		passed = upto;
	}
	return (double)(low + high) / 2;
}

void confidence_results(const struct confidence_pair *pairs, size_t n_pairs, struct confidence_results *out)
{
	int64_t before[6] = { 0 }, after[6] = { 0 }, sum_before = 0, sum_after = 0;

	*out = (struct confidence_results){ 0 };
	for (size_t i = 0; i < n_pairs; i++) {
		const struct confidence_pair *p = &pairs[i];

		out->n += p->n;
		before[p->before] += p->n;
		after[p->after] += p->n;
		sum_before += p->before * p->n;
		sum_after += p->after * p->n;
		out->higher += p->after > p->before ? p->n : 0;
		out->same += p->after == p->before ? p->n : 0;
		out->lower += p->after < p->before ? p->n : 0;
	}
	out->enough = out->n >= SHOWN_FROM;
	if (out->n > 0) {
		out->mean_before = (double)sum_before / (double)out->n;
		out->mean_after = (double)sum_after / (double)out->n;
		out->median_before = median(before, out->n);
		out->median_after = median(after, out->n);
	}
}

/* Places are an estimate and webinars run over; twice the larger number leaves honest answers room
 * and keeps one person with the link from drowning them all. */
int64_t feedback_most(int64_t places, int64_t people)
{
	return 2 * (places > people ? places : people);
}
