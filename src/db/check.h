/* Inside db/ only: reading a statement's text, for the check. */
#ifndef DB_CHECK_H
#define DB_CHECK_H

/* The next word (letters, digits, _) from p on, copied; NULL at the end. Quoted texts are passed over. */
const char *check_next_word(const char *p, char word[64]);

#endif
