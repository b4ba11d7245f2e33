/* Policy, passwords, tokens, CSRF. Vectors: SHA-256 of FIPS 180-2, appendix B.1. */
#include "trust/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/sanitized.h"
#include "base/test.h"
#include "base/text.h"

static struct arena *arena;
static uint64_t seed = 7;
static struct world world;

static void hashes(void)
{
	char hex[65];

	sha256_hex("abc", 3, hex);
	CHECK_TEXT(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static bool is_right(const char *hash, const char *password)
{
	bool right = false;

	CHECK_OK(password_verify(hash, password, &right));
	return right;
}

/* The sanitizers need address space of their own and end with the process when they get none. */
#if !SANITIZED
static void without_memory_no_password_is_wrong(void)
{
	const struct rlimit none = { .rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY };
	struct rlimit before;
	const char *hash = NULL;
	bool right = true;

	CHECK_OK(password_hash(arena, "tram lentil orbit", &hash));
	password_give_back();
	CHECK_INT(getrlimit(RLIMIT_AS, &before), 0);
	CHECK_INT(setrlimit(RLIMIT_AS, &none), 0);
	struct err *e = password_verify(hash, "tram lentil orbit", &right);

	CHECK_INT(setrlimit(RLIMIT_AS, &before), 0);
	CHECK(e != NULL && e->kind == ERR_BUSY);
	CHECK(is_right(hash, "tram lentil orbit"));
}
#endif

static void passwords(void)
{
	const char *hash = NULL;

	CHECK_OK(password_hash(arena, "tram lentil orbit", &hash));
	CHECK(text_starts(hash, "$argon2id$v=19$m=65536,t=3,p=1$"));
	CHECK(is_right(hash, "tram lentil orbit"));
	CHECK(!is_right(hash, "tram lentil orbi"));
	CHECK(!is_right(NULL, "tram lentil orbit"));
	CHECK(!is_right("", ""));
	CHECK(!is_right("not a hash", "tram lentil orbit"));
	CHECK(!password_is_outdated(hash));
	/* 19 MiB and 2 passes: what OWASP allows at least, and less than ours */
	CHECK(password_is_outdated("$argon2id$v=19$m=19456,t=2,p=1$WFhYWFhYWFhYWFhYWFhYWA$"
				   "XZY9oZ9sW8M3C6bVv3p9Yb0Yw3bP5m6R5jC4Kx0pGmE"));
}

/* Made by Debian's command argon2 (-id -e), and each found right by crypto_pwhash_str_verify of libsodium. */
static void stored_passwords(void)
{
	static const struct {
		const char *hash, *password;
	} cases[] = {
		{ "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$a37eGolKkwonh4mwxYLoJCDRFWx57sCveymWcyiYz9E",
		  "tram lentil orbit" },
		{ "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$+NogkFXTlWhRRLzMUFXBPrsj9TJ7bCZK38vaReOLZb8",
		  "tram lentil orbit" },
		{ "$argon2id$v=19$m=46,t=1,p=1$c29tZXNhbHQxMjM0NTY3OA$HBrFJ04UxZRl9Mf9+0OiCUWFHMfIVhCnevlwOPI5igk",
		  "Zürich żółw 蛇" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CHECK(is_right(cases[i].hash, cases[i].password));
		CHECK(!is_right(cases[i].hash, "tram lentil"));
		CHECK(!is_right(cases[i].hash, ""));
	}
}

static void memory_is_kept_until_given_back(void)
{
	const char *hash = NULL;

	CHECK_OK(password_hash(arena, "tram lentil orbit", &hash));
	password_give_back();
	long before = test_resident_kb();
	CHECK(is_right(hash, "tram lentil orbit"));
	CHECK(test_resident_kb() > before + 60 * 1024);
	CHECK(!is_right(hash, "tram lentil orbi"));
	CHECK(is_right(hash, "tram lentil orbit"));
	CHECK(test_resident_kb() < before + 70 * 1024);
	password_give_back();
	CHECK(test_resident_kb() < before + 10 * 1024);
	password_give_back();
}

static const char *weakness(const char *password)
{
	static const char *const own[] = { "Priya Castellanos", "p.castellanos@newbridge.example",
					   "Newbridge Borough Council", NULL };

	return password_weakness(arena, password, own);
}

static void weak_passwords(void)
{
	static const char *const guessed[] = {
		"password1234",
		"Password2024!",
		"P@ssw0rd1234",
		"PASSWORDPASSWORD",
		"qwertyuiop123",
		"123456789012",
		"aaaaaaaaaaaa",
		"abcdefghijkl",
		"letmein!!!!!",
		"Winter2026!!",
		"correct horse battery staple",
		"Liverpool1892",
		"1q2w3e4r1q2w",
	};
	static const char *const own[] = { "Castellanos12", "newbridge2026!", "priyaPRIYA12",
					   "PriyaNewbridge" };
	static const char *const good[] = { "tram lentil orbit", "Winter walks with 3 dogs",
					    "xK9#mQ2$vL7p", "кошка гуляет сама",
					    "lantern-priya-oboe" };

	CHECK_TEXT(weakness("short"), "Password must be 12 characters or more");
	CHECK_TEXT(weakness("elevenchars"), "Password must be 12 characters or more");
	for (size_t i = 0; i < sizeof(guessed) / sizeof(guessed[0]); i++) {
		if (!CHECK(weakness(guessed[i]) != NULL)) {
			CHECK_TEXT(guessed[i], "is seen to be weak");
		}
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (!CHECK(weakness(own[i]) != NULL &&
			   strstr(weakness(own[i]), "your name") != NULL)) {
			CHECK_TEXT(own[i], "is seen to be made of own words");
		}
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK_TEXT(weakness(good[i]), NULL);
	}
}

static void tokens(void)
{
	char token[LOGIN_TOKEN_TEXT], other[LOGIN_TOKEN_TEXT];
	unsigned char a[32], b[32];

	login_token_new(&world, token);
	login_token_new(&world, other);
	CHECK_INT(strlen(token), 43);
	CHECK(strcmp(token, other) != 0);
	CHECK(login_token_hash(token, a) && login_token_hash(token, b));
	CHECK(memcmp(a, b, 32) == 0);
	CHECK(login_token_hash(other, b) && memcmp(a, b, 32) != 0);
	CHECK(login_token_formed(token) && login_token_formed(other));
	const char *const wrong[] = { NULL, "", "AAAA", arena_printf(arena, "%sA", token), other };
	other[5] = '/';
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		CHECK(!login_token_hash(wrong[i], a));
		CHECK(!login_token_formed(wrong[i]));
	}
}

static void csrf(void)
{
	struct who who = { .login_id = 1 }, another = { .login_id = 2 }, nobody = { 0 };
	const char *token, *again;

	world_random(&world, who.csrf, 32);
	world_random(&world, another.csrf, 32);
	token = csrf_token(arena, &world, &who);
	again = csrf_token(arena, &world, &who);
	CHECK(strcmp(token, again) != 0);
	CHECK(csrf_good(&who, token) && csrf_good(&who, again));
	CHECK(!csrf_good(&another, token));
	CHECK(!csrf_good(&nobody, token));
	CHECK(!csrf_good(&who, NULL));
	CHECK(!csrf_good(&who, ""));
	CHECK_TEXT(csrf_token(arena, &world, &nobody), "");
	CHECK(!csrf_good(&nobody, csrf_token(arena, &world, &nobody)));
	char *bent = arena_strdup(arena, token);

	bent[60] = bent[60] == 'A' ? 'B' : 'A';
	CHECK(!csrf_good(&who, bent));
}

static void policy(void)
{
	CHECK(policy_allows(ROLE_NOBODY, PERM_public, RELATION_NONE));
	CHECK(!policy_allows(ROLE_NOBODY, PERM_signed_in, RELATION_OWN));
	CHECK(!policy_allows(ROLE_TRAINER, PERM_training_deliver, RELATION_NONE));
	CHECK(policy_allows(ROLE_TRAINER, PERM_training_deliver, RELATION_OWN));
	CHECK(!policy_allows(ROLE_COUNCILLOR, PERM_learner_read, RELATION_OWN));
	CHECK(!policy_allows((enum role)99, PERM_public, RELATION_OWN));
	CHECK(!policy_allows(ROLE_SYSTEM, (enum permission)99, RELATION_OWN));
	CHECK(!policy_allows(ROLE_SYSTEM, PERM_none, RELATION_OWN));
	for (int role = 0; role < ROLE_COUNT; role++) {
		uint64_t grant = policy_grant((enum role)role);

		CHECK((grant >> PERM_house & 1) == 1 && (grant >> PERM_public & 1) == 1);
		CHECK((grant & 1) == 0);
		for (unsigned p = PERM_signed_in; p < PERM_COUNT; p++) {
			CHECK_INT(grant >> p & 1,
				  policy_allows((enum role)role, (enum permission)p, RELATION_OWN));
		}
		CHECK((role == ROLE_NOBODY) == (words_by_code(&role_words, role) == NULL));
	}
	for (unsigned p = 0; p < PERM_COUNT; p++) {
		CHECK(!text_empty(permission_name((enum permission)p)));
	}
	CHECK_TEXT(permission_name(PERM_training_read), "training_read");
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(hashes), TEST(passwords), TEST(stored_passwords), TEST(weak_passwords), TEST(tokens), TEST(csrf),
		TEST(policy), TEST(memory_is_kept_until_given_back),
#if !SANITIZED
		TEST(without_memory_no_password_is_wrong),
#endif
		TEST_END,
	};
	arena = arena_new((size_t)16 << 20);
	world = world_fake((struct instant){ 1000000 }, &seed);
	trust_init();
	int status = test_main(argc, argv, tests);

	arena_free(&arena);
	return status;
}
