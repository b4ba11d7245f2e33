/*
 * New passwords: Argon2id of libsodium with 64 MiB and 3 passes, above the OWASP floor of 19 MiB and 2.
 * What makes one weak follows the NCSC's advice: length, no deny-listed ones, no rules of signs.
 */
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "trust/trust.h"

enum { PASSES = 3, MEMORY = 64 * 1024 * 1024, SHORTEST = 12 };
/* What must be left of a password when the words that anybody would try are taken out of it. */
enum { LEFT_OVER = 5, WORDS_AT_MOST = 2, RUN = 4, OWN_WORD = 4 };

/* The commonest roots of published lists of broken passwords, and what local government adds; the
 * longer of two stands first. */
static const char *const common[] = {
	"password", "passwort", "pass", "letmein", "welcome", "iloveyou", "ilovey0u", "monkey",
	"dragon", "master", "sunshine", "princess", "football", "baseball", "superman", "batman",
	"trustno1", "shadow", "michael", "jordan", "hunter", "ashley", "charlie", "jessica",
	"liverpool", "arsenal", "chelsea", "everton", "rangers", "celtic", "manchester",
	"tottenham", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "qazwsx", "1qaz2wsx",
	"1q2w3e4r", "q1w2e3r4", "zaq12wsx", "administrator", "admin", "login", "access",
	"secret", "changeme", "default", "starwars", "whatever", "freedom", "computer",
	"internet", "pokemon", "cheese", "thomas", "london", "england", "summer", "winter",
	"spring", "autumn", "january", "february", "october", "november", "december",
	"september", "monday", "friday", "hello", "abc123", "test", "temp", "council", "prevent",
	"channel", "safeguarding", "dueregard", "guest", "user", "root",
	"correcthorsebatterystaple", "blink182", "daniel", "matthew", "andrew", "joshua",
	"george", "william", "harry", "oliver", "amelia", "flower", "chocolate", "butterfly",
	"purple", "orange", "silver", "golden", "diamond", "samsung", "google", "facebook",
	"minecraft", "fortnite", NULL,
};

struct err *password_hash(struct arena *a, const char *password, const char **hash_out)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str(hash, password, strlen(password), PASSES, MEMORY) != 0) {
		return ERR_DETAIL(ERR_BUSY, "no memory for a password hash");
	}
	*hash_out = hash;
	return NULL;
}

bool password_is_outdated(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}

/* Letters and digits alone, folded: "Päss word" is tried like "password". */
static char *bare(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, text_fold(a, s));
	char *to = out;

	for (const char *c = out; *c != '\0'; c++) {
		if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80) {
			*to++ = *c;
		}
	}
	*to = '\0';
	return out;
}

/* The letters that people replace by signs and digits. */
static char *unmasked(struct arena *a, const char *s)
{
	static const char masks[] = "@4$5301!7";
	static const char letters[] = "aasseoiit";
	char *out = arena_strdup(a, s);

	for (char *c = out; *c != '\0'; c++) {
		const char *mask = strchr(masks, *c);

		if (mask != NULL) {
			*c = letters[mask - masks];
		}
	}
	return out;
}

/* Takes a word out wherever it stands; true when it did. */
static bool take_out(char *s, const char *word)
{
	size_t n = strlen(word);
	bool taken = false;

	for (char *at = strstr(s, word); n > 0 && at != NULL; at = strstr(s, word)) {
		memmove(at, at + n, strlen(at + n) + 1);
		taken = true;
	}
	return taken;
}

/* Takes out runs like 1234, dcba and aaaa. */
static void take_out_runs(char *s)
{
	for (size_t i = 0; s[i] != '\0'; i++) {
		for (int step = -1; step <= 1; step++) {
			size_t n = 1;

			while (s[i + n] != '\0' && s[i + n] - s[i + n - 1] == step) {
				n++;
			}
			if (n >= RUN) {
				memmove(s + i, s + i + n, strlen(s + i + n) + 1);
				step = -2; /* what moved up may begin a run of its own */
			}
		}
		if (s[i] == '\0') {
			return;
		}
	}
}

static bool is_common(char *s)
{
	int words = 0;

	for (size_t i = 0; common[i] != NULL; i++) {
		words += take_out(s, common[i]) ? 1 : 0;
	}
	take_out_runs(s);
	return text_length(s) < LEFT_OVER && words <= WORDS_AT_MOST;
}

/* Names and addresses fall into words; those of four letters and more count. */
static bool is_made_of(struct arena *a, char *s, const char *const *own_words)
{
	bool taken = false;

	for (size_t i = 0; own_words != NULL && own_words[i] != NULL; i++) {
		const char *at = text_fold(a, own_words[i]);

		while (*at != '\0') {
			size_t n = strcspn(at, " .,-_@'&()");

			if (n >= OWN_WORD && take_out(s, arena_strndup(a, at, n))) {
				taken = true;
			}
			at += n;
			at += strspn(at, " .,-_@'&()");
		}
	}
	take_out_runs(s);
	return taken && text_length(s) < LEFT_OVER;
}

const char *password_weakness(struct arena *a, const char *password, const char *const *own_words)
{
	if (text_length(password) < SHORTEST) {
		return "Password must be 12 characters or more";
	}
	if (is_common(bare(a, password)) || is_common(bare(a, unmasked(a, password)))) {
		return "Password is too easy to guess. Use three random words";
	}
	if (is_made_of(a, bare(a, password), own_words) ||
	    is_made_of(a, bare(a, unmasked(a, password)), own_words)) {
		return "Password must not be made from your name, your email address or the name "
		       "of your authority";
	}
	return NULL;
}
