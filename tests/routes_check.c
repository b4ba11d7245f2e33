/* Run by `make` after linking: a route, operation or list whose declaration does not hold fails the build. */
#include "core/route.h"

int main(void)
{
	return routes_check();
}
