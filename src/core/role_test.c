/* A role that works on one thing for too long is ended by the kernel; one that goes on to the next is not. */
#include "core/role.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/test.h"

const struct feature *const features[] = { NULL };

static void use_processor(int ms)
{
	clock_t until = clock() + ms * (CLOCKS_PER_SEC / 1000);

	while (clock() < until) {
	}
}

/* Four pieces of 0.4 seconds, after a piece of work that was allowed more. */
static int run(bool goes_on)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		role_begins_work(30);
		role_begins_work(1);
		for (int i = 0; i < 4; i++) {
			use_processor(400);
			if (goes_on) {
				role_begins_work(1);
			}
		}
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void test_work_that_does_not_end(void)
{
	int status = run(false);

	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF);
}

static void test_many_short_works(void)
{
	int status = run(true);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Turn after turn, of which most ask the kernel nothing; then one that does not end. */
static void test_work_that_does_not_end_after_many(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		for (int i = 0; i < 60; i++) {
			role_begins_work(1);
			use_processor(20);
		}
		use_processor(1100);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_work_that_does_not_end), TEST(test_many_short_works),
					     TEST(test_work_that_does_not_end_after_many), TEST_END };

	return test_main(argc, argv, tests);
}
