/* Inside http/: the server's own structs, shared by server.c, exchange.c, reaper.c and answer.c. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <microhttpd.h>

#include "http/body.h"
#include "http/head.h"

struct libdeflate_compressor;

enum connection_state {
	CONNECTION_HEAD, /* accepted or reading a request line and headers */
	CONNECTION_BODY,
	CONNECTION_BUSY, /* ours to answer */
	CONNECTION_SENDING,
	CONNECTION_IDLE  /* kept alive between requests */
};

struct connection { /* one socket */
	struct connection *next, *before;
	struct exchange *exchange; /* the request under way, or NULL */
	int fd;
	enum connection_state state;
	int64_t since_ms;  /* of the state, monotonic */
	size_t bytes;      /* of the body so far, or of the answer */
	bool shut;         /* by us; the daemon has yet to hear of it */
	bool linger;       /* refused with its body unread: read on for a moment after closing */
};

enum exchange_phase {
	EXCHANGE_FRESH,   /* head not looked at */
	EXCHANGE_READING, /* body arrives */
	EXCHANGE_FAILED,  /* body no longer wanted; refusal is answered at its end */
	EXCHANGE_WAITING, /* suspended by the handler */
	EXCHANGE_ANSWERED /* response is queued, or is as soon as the exchange has been resumed */
};

struct exchange {
	struct http_server *server;
	struct connection *connection;
	struct MHD_Connection *mhd;
	struct exchange *next; /* in the server's store of spare ones */
	struct arena *arena;
	enum exchange_phase phase;
	const char *target;
	struct head head;
	struct framing framing;
	struct body body;
	struct request request;
	struct response response;
	struct err refusal; /* copied: the ring of errors may come round before the body's end */
	int refusal_status;
};

enum { SPARES_MAX = 16, LINGERING_MAX = 64 };

struct lingering {
	int fd;
	int64_t until_ms;
};

struct http_server {
	struct http_options options;
	struct MHD_Daemon *daemon;
	int epoll_fd;        /* the daemon's own epoll and the lingering sockets */
	struct connection *connections;
	struct exchange *spares;
	size_t n_spares;
	struct libdeflate_compressor *compressor;
	struct lingering lingering[LINGERING_MAX];
	size_t n_lingering;
	size_t n_connections;
	int64_t reaped_ms;
	int64_t looked_ms;   /* for who has ended */
	int64_t aside_until_ms; /* who has taken one leaves the next to others until then */
	bool listening;      /* the listening socket is watched */
	bool out_of_room;    /* the system has no descriptor or memory for another */
	bool draining;
	int64_t drained_ms; /* when that began */
};

/* exchange.c */
void *exchange_open(void *context, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result exchange_continue(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
				  const char *version, const char *upload, size_t *upload_n, void **own);
void exchange_completed(void *context, struct MHD_Connection *mhd, void **own, enum MHD_RequestTerminationCode how);
void exchange_free(struct exchange *x);

/* answer.c */
enum MHD_Result answer_send(struct exchange *x);
enum MHD_Result answer_refusal(struct exchange *x, const struct err *err, int status);
void answer_error(struct exchange *x, const struct err *err);

/* reaper.c */
int64_t monotonic_ms(void);
void connection_changed(void *context, struct MHD_Connection *mhd, void **own, enum MHD_ConnectionNotificationCode code);
void connection_enter(struct connection *c, enum connection_state state);
void reap(struct http_server *s);
void linger_read(struct http_server *s);
void linger_close_all(struct http_server *s);

#endif
