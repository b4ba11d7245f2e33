#include "ui/asset.h"

#include <string.h>

const struct asset *asset_find(const char *path)
{
	for (size_t i = 0; i < n_assets; i++) {
		if (strcmp(assets[i].path, path) == 0) {
			return &assets[i];
		}
	}
	return NULL;
}

static const struct asset *asset_named(const char *name)
{
	for (size_t i = 0; i < n_assets; i++) {
		if (strcmp(assets[i].name, name) == 0) {
			return &assets[i];
		}
	}
	return NULL;
}

struct url asset_url(const char *name)
{
	const struct asset *asset = asset_named(name);

	return (struct url){ asset != NULL ? asset->path : NULL };
}

struct bytes asset_text(const char *name)
{
	const struct asset *asset = asset_named(name);

	return asset != NULL ? asset->plain : (struct bytes){ NULL, 0 };
}
