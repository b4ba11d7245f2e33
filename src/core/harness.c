/* The scratch product: store, authority, accounts, clock. Requests are in harness_http.c. */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/data.h"
#include "core/harness.sql.h"
#include "core/harness_inside.h"
#include "core/house.h"
#include "core/jobs.h"
#include "db/scratch.h"

static const struct field harness_user_fields[] = {
	FIELD(struct harness_user, id),
	FIELD(struct harness_user, authority_id),
	FIELD(struct harness_user, reference),
	FIELD(struct harness_user, email),
	FIELD(struct harness_user, name),
	FIELD(struct harness_user, role, .words = &role_words),
	FIELD(struct harness_user, establishment_urn, .flags = F_NULLABLE),
	FIELD_END,
};
RECORD(harness_user, harness_user_fields);

void harness_must(struct err *err)
{
	if (err != NULL) {
		fprintf(stderr, "harness: %s:%d: %s (%s)\n", err->file, err->line, err->sentence,
			err->detail);
		exit(1);
	}
}

/* ---- opening and closing ---- */

static void make_directory(struct harness *h)
{
	char *dir = arena_strdup(h->arena, P_tmpdir "/dueregard-test-XXXXXX");

	if (mkdtemp(dir) == NULL) {
		harness_must(ERR(ERR_IO, "no temporary directory"));
	}
	h->settings = (struct settings){ .data = dir,
					 .database = "",
					 .database_read = "",
					 .listen = "127.0.0.1:8080",
					 .public_address = "",
					 .proxy = "",
					 .web_processes = 1,
					 .max_connections = 100,
					 .idle_minutes = 30,
					 .login_hours = 12 };
}

static void open_store(struct harness *h)
{
	int applied;

	h->place = scratch_new(h->arena, data_path(h->arena, &h->settings, DATA_STORE));
	h->settings.database = db_is_server(h->place) ? h->place : "";
	harness_must(db_open(&h->keeper, h->place, DB_WRITE));
	harness_must(db_migrate(h->arena, h->keeper, world_now(&h->world), &applied));
	harness_must(db_open(&h->reader, h->place, DB_READ));
	db_chain(h->reader);
	harness_must(db_open(&h->long_reader, h->place, DB_READ));
	harness_must(db_open(&h->tests, h->place, DB_WRITE));
	db_grant(h->tests, UINT64_MAX);
	harness_must(data_create(&h->settings));
	harness_must(data_make_host(h->arena, &h->settings, &h->world));
	h->door = door_local(h->arena, h->keeper, &h->settings, &h->world);
}

/* The invented people of the scratch store, by role. */
static const char *const people[ROLE_SYSTEM] = {
	[ROLE_ADMINISTRATOR] = "Ada Okafor",	[ROLE_COORDINATOR] = "Colin Hartwell",
	[ROLE_TRAINING_OFFICER] = "Tamsin Brook", [ROLE_TRAINER] = "Rhys Calloway",
	[ROLE_SCHOOL_LEAD] = "Leila Marsden",	[ROLE_COUNCILLOR] = "Councillor Edith Fenn",
	[ROLE_AUDITOR] = "Amir Sandford",
};

static void add_people(struct harness *h)
{
	const struct authority newbridge = { .name = "Newbridge Borough Council",
					     .code = "936",
					     .accent = "#1d70b8" };
	struct id_row made;

	harness_must(sql_harness_authority_add(h->arena, h->tests, &newbridge, &made));
	h->authority = made.id;
	for (int role = ROLE_ADMINISTRATOR; role < ROLE_SYSTEM; role++) {
		const char *word = words_word(&role_words, role);
		struct harness_user user = {
			.authority_id = h->authority, .role = role, .name = people[role],
			.reference = world_reference(&h->world, h->arena, 6),
			.email = arena_printf(h->arena, "%s@newbridge.example", word),
		};
		harness_must(sql_harness_user_add(h->arena, h->tests, &user, &made));
		h->user_ids[role] = user.id = made.id;
		if (role == ROLE_COORDINATOR || role == ROLE_TRAINING_OFFICER || role == ROLE_TRAINER) {
			harness_must(sql_harness_trainer_add(h->tests, &user, NULL));
		}
	}
}

/* A fresh login for everybody: the clock may have moved further than a login lasts. */
static void sign_in(struct harness *h)
{
	const struct login_limits limits = login_limits_of(&h->settings);
	bool touch;

	harness_must(db_begin(h->tests));
	for (int role = ROLE_ADMINISTRATOR; role < ROLE_SYSTEM; role++) {
		harness_must(login_start(h->arena, h->tests, &h->world, h->user_ids[role],
					 h->tokens[role]));
		harness_must(login_find(h->arena, h->tests, h->tokens[role], world_now(&h->world),
					&limits, &h->who[role], &touch));
	}
	harness_must(db_commit(h->tests));
}

struct harness *harness_open(void)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct harness *h = ARENA_NEW(a, struct harness, 1);

	trust_init();
	h->arena = a;
	h->seed = 20261124;
	h->world = world_fake(instant_of_local((struct date){ 2026, 11, 24 }, 9, 0), &h->seed);
	make_directory(h);
	open_store(h);
	add_people(h);
	sign_in(h);
	h->who[ROLE_NOBODY] = (struct who){ .authority_id = h->authority, .actor = "public" };
	h->who[ROLE_SYSTEM] = (struct who){ .role = ROLE_SYSTEM, .authority_id = h->authority,
					    .name = "The system", .actor = "cli:test" };
	harness_must(route_table_build());
	return h;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

void harness_close(struct harness **h)
{
	struct arena *a = (*h)->arena;

	db_close(&(*h)->tests);
	db_close(&(*h)->reader);
	db_close(&(*h)->long_reader);
	db_close(&(*h)->keeper);
	scratch_drop((*h)->place);
	nftw((*h)->settings.data, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	*h = NULL;
	arena_free(&a);
}

/* ---- what tests look at and set ---- */

struct arena *harness_arena(struct harness *h)
{
	return h->arena;
}

struct db *harness_db(struct harness *h)
{
	return h->tests;
}

const struct world *harness_world(struct harness *h)
{
	return &h->world;
}

const struct settings *harness_settings(struct harness *h)
{
	return &h->settings;
}

const struct who *harness_who(struct harness *h, enum role role)
{
	return &h->who[role];
}

int64_t harness_authority(struct harness *h)
{
	return h->authority;
}

void harness_now(struct harness *h, struct instant now)
{
	h->world.fixed = now;
	sign_in(h);
}

void harness_school(struct harness *h, int64_t urn)
{
	const struct harness_user user = { .authority_id = h->authority,
					   .id = h->user_ids[ROLE_SCHOOL_LEAD],
					   .establishment_urn = urn };

	harness_must(sql_harness_user_school(h->tests, &user, NULL));
	sign_in(h);
}

int harness_jobs(struct harness *h)
{
	int ran = 0;

	harness_must(jobs_run_due(h->reader, h->door, &h->settings, &h->world, 100, &ran));
	return ran;
}

/* ---- operations without HTTP ---- */

static struct ask ask_as(struct harness *h, enum role role, const char *operation, va_list pairs)
{
	struct ask ask = { .operation = operation,
			   .source = role == ROLE_SYSTEM ? RECORD_FILE : RECORD_FORM };
	const char *name;

	while ((name = va_arg(pairs, const char *)) != NULL) {
		const char *value = va_arg(pairs, const char *);
		size_t n = strlen(name);

		if (name[0] == '{') {
			pairs_add(h->arena, &ask.path, arena_strndup(h->arena, name + 1, n - 2),
				  value);
		} else {
			pairs_add(h->arena, &ask.raw, name, value);
		}
	}
	if (role == ROLE_SYSTEM) {
		ask.actor = h->who[role].actor;
		ask.authority_id = h->authority;
	} else if (role != ROLE_NOBODY) {
		ask.login_token = h->tokens[role];
		ask.csrf = csrf_token(h->arena, &h->world, &h->who[role]);
	}
	return ask;
}

struct outcome harness_operation(struct harness *h, enum role role, const char *operation, ...)
{
	struct outcome out = { 0 };
	va_list pairs;

	va_start(pairs, operation);
	const struct ask ask = ask_as(h, role, operation, pairs);
	va_end(pairs);
	harness_must(door_ask(h->arena, h->door, &ask, &out));
	return out;
}

struct outcome harness_operation_file(struct harness *h, enum role role, const char *operation,
				      struct bytes file, ...)
{
	struct upload upload = { .name = "file", .filename = "test.csv", .size = (int64_t)file.n };
	struct outcome out = { 0 };
	va_list pairs;

	va_start(pairs, file);
	struct ask ask = ask_as(h, role, operation, pairs);
	va_end(pairs);
	upload.fd = memfd_create("upload", MFD_CLOEXEC);
	if (upload.fd < 0 || write(upload.fd, file.p, file.n) != (ssize_t)file.n) {
		harness_must(ERR(ERR_IO, "no memory file"));
	}
	lseek(upload.fd, 0, SEEK_SET);
	ask.upload = &upload;
	harness_must(door_ask(h->arena, h->door, &ask, &out));
	close(upload.fd);
	return out;
}
