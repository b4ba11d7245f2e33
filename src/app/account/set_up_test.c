/* The first run, on a store with nobody in it: through the door, as the command line and the page
 * do. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "app/account/account.sql.h"
#include "app/account/statements.h"
#include "base/arena.h"
#include "base/test.h"
#include "base/text.h"
#include "core/data.h"
#include "db/scratch.h"
#include "trust/trust.h"

const struct feature *const features[] = { &account_feature, NULL };

static struct arena *arena;
static struct db *db;
static struct door *door;
static struct world world;
static struct settings settings;

static struct outcome ask(const char *operation, const char *actor, const char *token,
			  const char *const *raw)
{
	struct ask asked = { .operation = operation, .actor = actor, .source = RECORD_FORM };
	struct outcome out;

	if (token != NULL) {
		pairs_add(arena, &asked.path, "token", token);
	}
	for (; raw != NULL && raw[0] != NULL; raw += 2) {
		pairs_add(arena, &asked.raw, raw[0], raw[1]);
	}
	CHECK_OK(door_ask(arena, door, &asked, &out));
	return out;
}

static const char *token_of(const struct outcome *out)
{
	const char *path = pairs_get(&out->result, "path");

	return path != NULL && text_starts(path, "/set-up/") ? path + strlen("/set-up/") : "";
}

static const char *const good[] = { "authority_name",
				    "Newbridge Borough Council",
				    "code",
				    "936",
				    "accent",
				    "#1d3f5e",
				    "name",
				    "Ada Okafor",
				    "email",
				    "Ada@Newbridge.example",
				    "new_password",
				    "tram lentil orbit",
				    NULL };

/* `init --name --code` makes the authority; a form or a second time changes it only with its
 * version. */
static void authority_first(void)
{
	struct outcome out = ask("change-authority", "cli:test", NULL,
				 (const char *const[]){ "name", "Newbridge", "code", "936",
							"accent", ACCENT_DEFAULT, NULL });
	struct authority_details details;
	bool found;

	CHECK_OK(out.err);
	CHECK_INT(out.problems.n, 0);
	CHECK_OK(sql_authority_details_find(arena, db, &(struct authority_arg){ 1 }, &details,
					    &found));
	CHECK(found);
	CHECK_TEXT(details.name, "Newbridge");
	out = ask("change-authority", NULL, NULL, NULL);
	CHECK(out.err != NULL && out.err->kind == ERR_DENIED);
}

static void link_makes_the_first_administrator(void)
{
	struct outcome first = ask("make-sign-in-link", "cli:test", NULL, NULL);
	struct outcome second = ask("make-sign-in-link", "cli:test", NULL, NULL);
	struct outcome out;
	struct count_row people;

	CHECK_INT(strlen(token_of(&first)), 43);
	CHECK_TEXT(pairs_get(&second.result, "link"),
		   arena_printf(arena, "https://prevent.newbridge.example/set-up/%s",
				token_of(&second)));
	out = ask("make-sign-in-link", NULL, NULL, NULL); /* nobody in particular may not */
	CHECK(out.err != NULL && out.err->kind == ERR_DENIED);
	out = ask("set-up-authority", NULL, token_of(&first), good); /* a newer link replaced it */
	CHECK(out.err != NULL && out.err->kind == ERR_NOT_FOUND);
	out = ask("set-up-authority", NULL, token_of(&second),
		  (const char *const[]){ "authority_name", "", "code", "12", "accent", "#ffffff",
					 "name", "", "email", "x", "new_password", "Newbridge2026",
					 NULL });
	CHECK_INT(out.problems.n,
		  4); /* colour and password are looked at when the fields are sound */
	out = ask("set-up-authority", NULL, token_of(&second), good);
	CHECK_OK(out.err);
	CHECK_INT(out.problems.n, 0);
	CHECK(out.login_token != NULL && strlen(out.login_token) == 43);
	CHECK_OK(sql_administrator_count(arena, db, &people));
	CHECK_INT(people.n, 1);
	out = ask("set-up-authority", NULL, token_of(&second), good);
	CHECK(out.err != NULL && out.err->kind == ERR_NOT_FOUND);
	out = ask("make-sign-in-link", "cli:test", NULL, NULL);
	CHECK(out.err != NULL && out.err->kind == ERR_INVALID);
}

static void signed_in_and_audited(void)
{
	struct account_secret ada;
	struct audit_report report;
	bool found;
	struct outcome out = ask("sign-in", NULL, NULL,
				 (const char *const[]){ "email", "ada@newbridge.example",
							"password", "tram lentil orbit", NULL });

	CHECK_OK(out.err);
	CHECK(out.login_token != NULL);
	CHECK_OK(sql_account_secret_by_email(
		arena, db, &(struct text_arg){ "ada@newbridge.example" }, &ada, &found));
	CHECK(found && text_starts(ada.password_hash, "$argon2id$"));
	CHECK_TEXT(ada.authority_name, "Newbridge Borough Council");
	/* hashed long ago with less: made anew at the next sign-in */
	CHECK_OK(db_begin(db));
	CHECK_OK(sql_account_set_password(
		db,
		&(struct account_password){
			ada.id, "$argon2id$v=19$m=8192,t=1,p=1$qo5o/eVnuEKVoyrvkOSOzA$KYcjXZ/"
				"eXV6iNrZI49SOQFIz85tT/gwn3WKnoDxhzlM" },
		NULL));
	CHECK_OK(db_commit(db));
	out = ask("sign-in", NULL, NULL,
		  (const char *const[]){ "email", "ada@newbridge.example", "password",
					 "tram lentil orbit", NULL });
	CHECK_INT(out.problems.n, 0);
	CHECK_OK(sql_account_secret_by_email(
		arena, db, &(struct text_arg){ "ada@newbridge.example" }, &ada, &found));
	CHECK(text_starts(ada.password_hash, "$argon2id$v=19$m=65536,t=3,p=1$"));
	CHECK_OK(audit_verify(arena, db, NULL, &report));
	CHECK_TEXT(report.fault, NULL);
	CHECK_INT(report.entries, 6); /* authority, two links, set-up, two sign-ins */
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(authority_first),
		TEST(link_makes_the_first_administrator),
		TEST(signed_in_and_audited),
		TEST_END,
	};
	char directory[] = P_tmpdir "/dueregard-set-up-XXXXXX";
	uint64_t seed = 3;
	int applied;

	arena = arena_new((size_t)256 << 20);
	trust_init();
	world = world_fake(instant_of_local((struct date){ 2026, 11, 24 }, 9, 0), &seed);
	if (mkdtemp(directory) == NULL) {
		return 1;
	}
	settings = (struct settings){ .data = directory,
				      .public_address = "https://prevent.newbridge.example/",
				      .idle_minutes = 30,
				      .login_hours = 12 };
	const char *place = scratch_new(arena, data_path(arena, &settings, DATA_STORE));
	if (db_open(&db, place, DB_WRITE) != NULL ||
	    db_migrate(arena, db, world_now(&world), &applied) != NULL) {
		printf("the store cannot be opened\n");
		return 1;
	}
	door = door_local(arena, db, &settings, &world);
	int status = test_main(argc, argv, tests);

	db_close(&db);
	scratch_drop(place);
	nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(&arena);
	return status;
}
