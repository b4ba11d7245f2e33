/* Invented people for the demonstration. Any likeness to a living person is chance. */
#include "cli/demo.h"

#include <ctype.h>

#include "base/arena.h"

static const char *const firsts[] = {
	"Abigail",  "Adeel",    "Agnes",   "Aisha",  "Alasdair", "Amara",  "Anton",  "Beatrice",
	"Bethan",   "Callum",   "Carys",   "Chidi",  "Clare",    "Daniel", "Deepa",  "Dominic",
	"Edith",    "Eleni",    "Emeka",   "Farah",  "Fergus",   "Fiona",  "Gareth", "Gita",
	"Hamish",   "Hannah",   "Harjit",  "Helena", "Imran",    "Isobel", "Jamila", "Joanna",
	"Kayode",   "Keir",     "Laura",   "Leila",  "Lorcan",   "Maeve",  "Manish", "Marta",
	"Naveed",   "Niamh",    "Olive",   "Osman",  "Patrick",  "Petra",  "Rachel", "Rhodri",
	"Rosalind", "Sanjay",   "Siobhan", "Stefan", "Tamsin",   "Theo",   "Uma",    "Verity",
	"Wanjiru",  "Winifred", "Yusuf",   "Zofia",
};

static const char *const lasts[] = {
	"Abernethy",     "Adeyinka",      "Ainscough",    "Appiah",        "Ashdown",
	"Bagshaw",       "Balogun",       "Birtwhistle",  "Blakeway",      "Boateng",
	"Brackenbury",   "Chaudhry",      "Chivers",      "Coppard",       "Cradock",
	"Dhaliwal",      "Dunmore",       "Eastlake",     "Ekwueme",       "Elphick",
	"Fairweather",   "Farrant",       "Fothergill",   "Garside",       "Goodliffe",
	"Gunawardena",   "Haldane",       "Hargreave",    "Heatherington", "Iqbal-Stone",
	"Jessop",        "Kaminska",      "Kettlewell",   "Kirkbride",     "Lathbury",
	"Lingard",       "Macready",      "Mehrotra",     "Mistry",        "Nightingale",
	"Nwosu",         "O'Hanlon",      "Oldroyd",      "Ormerod",       "Pargeter",
	"Pemberton",     "Quarmby",       "Rahimi",       "Ravenscroft",   "Sandiford",
	"Satterthwaite", "Shufflebotham", "Singh-Hale",   "Stapleton",     "Tattersall",
	"Thistlewood",   "Tregenza",      "Uddin",        "Vasquez-Reid",  "Venables",
	"Wadsworth",     "Whitcombe",     "Winterbourne", "Wolstenholme",  "Wroxham",
	"Yardley",       "Zielinski",     "Zuberi",
};

const char *demo_name(struct arena *a, size_t i)
{
	size_t n_firsts = sizeof(firsts) / sizeof(firsts[0]);
	size_t n_lasts = sizeof(lasts) / sizeof(lasts[0]);

	/* 60 and 68 share the factor 4: the turn of the second list keeps pairs apart for 4,080
	 * people. */
	return arena_printf(a, "%s %s", firsts[i % n_firsts],
			    lasts[(i + i / n_firsts + i / (n_firsts * n_lasts)) % n_lasts]);
}

const char *demo_email(struct arena *a, const char *name, const char *domain)
{
	char *out = arena_printf(a, "%s@%s", name, domain);
	char *to = out;

	for (const char *s = name; *s != '\0'; s++) {
		if (*s == ' ') {
			*to++ = '.';
		} else if (isalpha((unsigned char)*s)) {
			*to++ = (char)tolower((unsigned char)*s);
		}
	}
	return arena_printf(a, "%.*s@%s", (int)(to - out), out, domain);
}
