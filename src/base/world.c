#include "base/world.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"

static struct instant real_now(const struct world *w)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (struct instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + w->offset_ms };
}

static void real_random(const struct world *w, void *out, size_t n)
{
	unsigned char *p = out;
	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);
		if (got > 0) {
			p += got;
			n -= (size_t)got;
		} else if (got < 0 && errno != EINTR) {
			/* Without random bytes no token is safe: nothing may go on. */
			log_line(LOG_ERROR, "the system gives no random bytes");
			abort();
		}
	}
}

struct world world_real(void)
{
	return (struct world){ .now = real_now, .random = real_random };
}

struct world world_on(struct date today)
{
	struct world w = world_real();
	struct instant now = real_now(&w);
	int hour, minute;
	instant_clock(now, &hour, &minute);
	struct instant same_clock = instant_of_local(instant_date(now), hour, minute);
	w.offset_ms = instant_of_local(today, hour, minute).ms - same_clock.ms;
	return w;
}

static struct instant fake_now(const struct world *w)
{
	return w->fixed;
}

/* SplitMix64 (Steele, Lea, Flood 2014): repeatable, for tests and the demonstration only. */
static void fake_random(const struct world *w, void *out, size_t n)
{
	unsigned char *p = out;
	for (size_t i = 0; i < n; i++) {
		*w->seed += 0x9E3779B97F4A7C15u;
		uint64_t z = *w->seed;
		z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
		z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
		p[i] = (unsigned char)((z ^ (z >> 31)) & 0xFF);
	}
}

struct world world_fake(struct instant now, uint64_t *seed)
{
	return (struct world){
		.now = fake_now, .random = fake_random, .fixed = now, .seed = seed
	};
}

struct instant world_now(const struct world *w)
{
	return w->now(w);
}

struct date world_today(const struct world *w)
{
	return instant_date(world_now(w));
}

void world_random(const struct world *w, void *out, size_t n)
{
	w->random(w, out, n);
}

const char *world_reference(const struct world *w, struct arena *a, size_t n)
{
	static const char letters[] = "23456789CDFGHJKMNPQRTVWXY";
	const unsigned count = sizeof(letters) - 1;
	char *s = ARENA_NEW(a, char, n + 1);
	for (size_t i = 0; i < n;) {
		unsigned char bytes[16]; /* at once: each is a question of the kernel */
		size_t wanted = n - i < sizeof(bytes) ? n - i : sizeof(bytes);
		world_random(w, bytes, wanted);
		for (size_t k = 0; k < wanted; k++) {
			if (bytes[k] < 256 / count * count) { /* else some letters would come more often */
				s[i++] = letters[bytes[k] % count];
			}
		}
	}
	return s;
}
