/*
 * A ZIP archive made in memory (libzip), for OpenDocument files: members in the order in which they were added. The
 * last one may come piece by piece, so that a long one is never held whole and whoever makes it can pause between two
 * pieces. Only this file's zip.c names libzip.
 *
 *	TRY(archive_begin(a, now, &archive));
 *	TRY(archive_add(archive, "mimetype", bytes, ARCHIVE_STORED));
 *	TRY(archive_add(archive, "content.xml", bytes, ARCHIVE_DEFLATED));
 *	TRY(archive_end(archive, &file));
 */
#ifndef WORK_ZIP_H
#define WORK_ZIP_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

struct arena;
struct archive;

enum archive_way {
	ARCHIVE_STORED, /* as it is: what says of which type the file is, and pictures */
	ARCHIVE_DEFLATED
};

/* An empty archive, whose members are dated now. What it holds besides the arena goes with the arena. */
struct err *archive_begin(struct arena *a, struct instant now, struct archive **out) MUST_CHECK;
/* A member, whole; name and bytes live as long as the archive. None after archive_stream. */
struct err *archive_add(struct archive *z, const char *name, struct bytes bytes, enum archive_way way) MUST_CHECK;
/* The last member, deflated, which comes by archive_write. */
struct err *archive_stream(struct archive *z, const char *name) MUST_CHECK;
/* The next piece of it, taken in before the call returns. */
struct err *archive_write(struct archive *z, struct bytes piece) MUST_CHECK;
/* The whole archive, on the arena. Nothing may be called after it. */
struct err *archive_end(struct archive *z, struct bytes *out) MUST_CHECK;
/* Gives up an archive that was begun; does nothing to one that has ended. */
void archive_abandon(struct archive *z);

#endif
