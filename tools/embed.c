/*
 * embed OUT.c FILE...: files as C arrays, each with a name that carries a hash of its content, and
 * with gzip and brotli variants made by the commands of those names. Addresses of files already
 * embedded ("/assets/NAME") are replaced by their final ones in the text files that follow.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_FILES 64
#define MAX_NAME 200

struct blob {
	unsigned char *p;
	size_t n;
};

struct file {
	char name[MAX_NAME]; /* "app.css" */
	char path[MAX_NAME]; /* "/assets/app-0123456789ab.css" */
	char hash[20];
	const char *type;
	struct blob plain, gzip, brotli;
};

static struct file files[MAX_FILES];

static void die(const char *what, const char *name)
{
	fprintf(stderr, "embed: %s: %s\n", what, name);
	exit(1);
}

static void append(struct blob *b, const void *p, size_t n)
{
	b->p = realloc(b->p, b->n + n + 1);
	if (b->p == NULL) {
		die("no memory", "");
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

static struct blob slurp(FILE *f)
{
	struct blob b = { NULL, 0 };
	char part[65536];
	size_t n;

	append(&b, "", 0);
	while ((n = fread(part, 1, sizeof part, f)) > 0) {
		append(&b, part, n);
	}
	return b;
}

static const char *type_of(const char *name)
{
	static const char *const types[][2] = { { ".css", "text/css; charset=utf-8" },
						{ ".md", "text/markdown; charset=utf-8" },
						{ ".txt", "text/plain; charset=utf-8" },
						{ ".csv", "text/csv; charset=utf-8" },
						{ ".js", "text/javascript; charset=utf-8" },
						{ ".svg", "image/svg+xml" } };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && i < sizeof types / sizeof *types; i++) {
		if (strcmp(dot, types[i][0]) == 0) {
			return types[i][1];
		}
	}
	die("no type is known for", name);
	return NULL;
}

/* Replaces every "/assets/NAME" of the files before this one. */
static struct blob link_assets(struct blob in, size_t n_files)
{
	struct blob out = { NULL, 0 };
	size_t i = 0;

	append(&out, "", 0);
	while (i < in.n) {
		const struct file *hit = NULL;
		size_t length = 0;
		for (size_t f = 0; f < n_files && hit == NULL; f++) {
			char plain[MAX_NAME + 16];
			length = (size_t)snprintf(plain, sizeof plain, "/assets/%s", files[f].name);
			if (in.n - i >= length && memcmp(in.p + i, plain, length) == 0) {
				hit = &files[f];
			}
		}
		if (hit != NULL) {
			append(&out, hit->path, strlen(hit->path));
			i += length;
		} else {
			append(&out, in.p + i, 1);
			i++;
		}
	}
	free(in.p);
	return out;
}

/* The variant that a compressor makes; empty when it saves nothing. */
static struct blob compress(const char *command, const char *out_path, const struct blob *plain)
{
	char temporary[MAX_NAME + 16];
	char line[2 * MAX_NAME + 64];
	struct blob b;
	FILE *f;

	if (snprintf(temporary, sizeof temporary, "%s.part", out_path) >= (int)sizeof temporary) {
		die("name too long", out_path);
	}
	f = fopen(temporary, "wb");
	if (f == NULL || fwrite(plain->p, 1, plain->n, f) != plain->n || fclose(f) != 0) {
		die("cannot write", temporary);
	}
	snprintf(line, sizeof line, "%s '%s'", command, temporary);
	f = popen(line, "r");
	if (f == NULL) {
		die("cannot run", line);
	}
	b = slurp(f);
	if (pclose(f) != 0) {
		die("failed", line);
	}
	remove(temporary);
	if (b.n >= plain->n) {
		b.n = 0;
	}
	return b;
}

/* FNV-1a, 64 bit: tells versions of a file apart; nobody gains by making two alike. */
static uint64_t hash(const struct blob *b)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < b->n; i++) {
		h = (h ^ b->p[i]) * 1099511628211u;
	}
	return h;
}

static void load(struct file *f, size_t n_before, const char *from, const char *out_path)
{
	const char *slash = strrchr(from, '/');
	FILE *in = fopen(from, "rb");
	const char *dot;

	if (in == NULL) {
		die("cannot read", from);
	}
	snprintf(f->name, sizeof f->name, "%s", slash == NULL ? from : slash + 1);
	f->type = type_of(f->name);
	f->plain = link_assets(slurp(in), n_before);
	fclose(in);
	snprintf(f->hash, sizeof f->hash, "%012llx",
		 (unsigned long long)(hash(&f->plain) & 0xffffffffffffu));
	dot = strrchr(f->name, '.');
	if (snprintf(f->path, sizeof f->path, "/assets/%.*s-%s%s", (int)(dot - f->name), f->name,
		     f->hash, dot) >= (int)sizeof f->path) {
		die("name too long", f->name);
	}
	f->gzip = compress("gzip -9nc", out_path, &f->plain);
	f->brotli = compress("brotli -q 11 -c", out_path, &f->plain);
}

static void write_array(FILE *out, const char *kind, size_t i, const struct blob *b)
{
	if (b->n == 0) {
		return;
	}
	fprintf(out, "static const unsigned char %s_%zu[] = {", kind, i);
	for (size_t k = 0; k < b->n; k++) {
		fprintf(out, "%s%u,", k % 24 == 0 ? "\n" : "", b->p[k]);
	}
	fputs("\n};\n", out);
}

static void write_bytes(FILE *out, const char *kind, size_t i, const struct blob *b)
{
	if (b->n == 0) {
		fprintf(out, "\t\t.%s = { 0, 0 },\n", kind);
	} else {
		fprintf(out, "\t\t.%s = { %s_%zu, sizeof %s_%zu },\n", kind, kind, i, kind, i);
	}
}

static void write_all(const char *path, size_t n)
{
	FILE *out = fopen(path, "w");

	if (out == NULL) {
		die("cannot write", path);
	}
	fputs("/* Made by tools/embed. */\n#include \"ui/asset.h\"\n\n", out);
	for (size_t i = 0; i < n; i++) {
		write_array(out, "plain", i, &files[i].plain);
		write_array(out, "gzip", i, &files[i].gzip);
		write_array(out, "brotli", i, &files[i].brotli);
	}
	fputs("\nconst struct asset assets[] = {\n", out);
	for (size_t i = 0; i < n; i++) {
		const struct file *f = &files[i];
		fprintf(out, "\t{\n\t\t.name = \"%s\",\n\t\t.path = \"%s\",\n\t\t.type = \"%s\",\n",
			f->name, f->path, f->type);
		fprintf(out, "\t\t.etag = \"\\\"%s\\\"\",\n", f->hash);
		write_bytes(out, "plain", i, &f->plain);
		write_bytes(out, "gzip", i, &f->gzip);
		write_bytes(out, "brotli", i, &f->brotli);
		fputs("\t},\n", out);
	}
	fprintf(out, "};\n\nconst size_t n_assets = %zu;\n", n);
	if (fclose(out) != 0) {
		die("cannot write", path);
	}
}

int main(int argc, char **argv)
{
	size_t n = 0;

	if (argc < 3 || argc - 2 > MAX_FILES) {
		fprintf(stderr, "usage: embed OUT.c FILE...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		load(&files[n], n, argv[i], argv[1]);
		n++;
	}
	write_all(argv[1], n);
	return 0;
}
