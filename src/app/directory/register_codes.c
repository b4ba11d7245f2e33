/*
 * Code tables of the register. Types and groups: GIAS list of establishment types of 22 April 2025
 * (tests/data/gias). Local authorities: the Department for Education's three-digit codes, current ones
 * and those abolished since 2009, used only where a file has "LA (name)" without "LA (code)".
 */
#include <strings.h>

#include "app/directory/register.h"
#include "base/text.h"

static const struct establishment_type types[] = {
	{ 1, "Community school", GROUP_MAINTAINED },
	{ 2, "Voluntary aided school", GROUP_MAINTAINED },
	{ 3, "Voluntary controlled school", GROUP_MAINTAINED },
	{ 5, "Foundation school", GROUP_MAINTAINED },
	{ 6, "City technology college", GROUP_INDEPENDENT },
	{ 7, "Community special school", GROUP_SPECIAL },
	{ 8, "Non-maintained special school", GROUP_SPECIAL },
	{ 10, "Other independent special school", GROUP_SPECIAL },
	{ 11, "Other independent school", GROUP_INDEPENDENT },
	{ 12, "Foundation special school", GROUP_SPECIAL },
	{ 14, "Pupil referral unit", GROUP_MAINTAINED },
	{ 15, "Local authority nursery school", GROUP_MAINTAINED },
	{ 18, "Further education", GROUP_COLLEGE },
	{ 24, "Secure units", GROUP_OTHER },
	{ 25, "Offshore schools", GROUP_OTHER },
	{ 26, "Service children's education", GROUP_OTHER },
	{ 27, "Miscellaneous", GROUP_OTHER },
	{ 28, "Academy sponsor led", GROUP_ACADEMY },
	{ 29, "Higher education institutions", GROUP_UNIVERSITY },
	{ 30, "Welsh establishment", GROUP_WELSH },
	{ 31, "Sixth form centres", GROUP_COLLEGE },
	{ 32, "Special post 16 institution", GROUP_OTHER },
	{ 33, "Academy special sponsor led", GROUP_ACADEMY },
	{ 34, "Academy converter", GROUP_ACADEMY },
	{ 35, "Free schools", GROUP_FREE_SCHOOL },
	{ 36, "Free schools special", GROUP_FREE_SCHOOL },
	{ 37, "British schools overseas", GROUP_OTHER },
	{ 38, "Free schools alternative provision", GROUP_FREE_SCHOOL },
	{ 39, "Free schools 16 to 19", GROUP_FREE_SCHOOL },
	{ 40, "University technical college", GROUP_FREE_SCHOOL },
	{ 41, "Studio schools", GROUP_FREE_SCHOOL },
	{ 42, "Academy alternative provision converter", GROUP_ACADEMY },
	{ 43, "Academy alternative provision sponsor led", GROUP_ACADEMY },
	{ 44, "Academy special converter", GROUP_ACADEMY },
	{ 45, "Academy 16-19 converter", GROUP_ACADEMY },
	{ 46, "Academy 16 to 19 sponsor led", GROUP_ACADEMY },
	{ 49, "Online provider", GROUP_ONLINE },
	{ 56, "Institution funded by other government department", GROUP_OTHER },
	{ 57, "Academy secure 16 to 19", GROUP_ACADEMY },
};

struct la {
	const char *code, *name;
};

static const struct la las[] = {
	{ "201", "City of London" }, { "202", "Camden" }, { "203", "Greenwich" }, { "204", "Hackney" },
	{ "205", "Hammersmith and Fulham" }, { "206", "Islington" }, { "207", "Kensington and Chelsea" },
	{ "208", "Lambeth" }, { "209", "Lewisham" }, { "210", "Southwark" }, { "211", "Tower Hamlets" },
	{ "212", "Wandsworth" }, { "213", "Westminster" }, { "301", "Barking and Dagenham" },
	{ "302", "Barnet" }, { "303", "Bexley" }, { "304", "Brent" }, { "305", "Bromley" },
	{ "306", "Croydon" }, { "307", "Ealing" }, { "308", "Enfield" }, { "309", "Haringey" },
	{ "310", "Harrow" }, { "311", "Havering" }, { "312", "Hillingdon" }, { "313", "Hounslow" },
	{ "314", "Kingston upon Thames" }, { "315", "Merton" }, { "316", "Newham" }, { "317", "Redbridge" },
	{ "318", "Richmond upon Thames" }, { "319", "Sutton" }, { "320", "Waltham Forest" },
	{ "330", "Birmingham" }, { "331", "Coventry" }, { "332", "Dudley" }, { "333", "Sandwell" },
	{ "334", "Solihull" }, { "335", "Walsall" }, { "336", "Wolverhampton" }, { "340", "Knowsley" },
	{ "341", "Liverpool" }, { "342", "St. Helens" }, { "343", "Sefton" }, { "344", "Wirral" },
	{ "350", "Bolton" }, { "351", "Bury" }, { "352", "Manchester" }, { "353", "Oldham" },
	{ "354", "Rochdale" }, { "355", "Salford" }, { "356", "Stockport" }, { "357", "Tameside" },
	{ "358", "Trafford" }, { "359", "Wigan" }, { "370", "Barnsley" }, { "371", "Doncaster" },
	{ "372", "Rotherham" }, { "373", "Sheffield" }, { "380", "Bradford" }, { "381", "Calderdale" },
	{ "382", "Kirklees" }, { "383", "Leeds" }, { "384", "Wakefield" }, { "390", "Gateshead" },
	{ "391", "Newcastle upon Tyne" }, { "392", "North Tyneside" }, { "393", "South Tyneside" },
	{ "394", "Sunderland" }, { "420", "Isles Of Scilly" }, { "800", "Bath and North East Somerset" },
	{ "801", "Bristol, City of" }, { "802", "North Somerset" }, { "803", "South Gloucestershire" },
	{ "805", "Hartlepool" }, { "806", "Middlesbrough" }, { "807", "Redcar and Cleveland" },
	{ "808", "Stockton-on-Tees" }, { "810", "Kingston upon Hull, City of" },
	{ "811", "East Riding of Yorkshire" }, { "812", "North East Lincolnshire" },
	{ "813", "North Lincolnshire" }, { "815", "North Yorkshire" }, { "816", "York" },
	{ "821", "Luton" }, { "822", "Bedford" }, { "823", "Central Bedfordshire" },
	{ "825", "Buckinghamshire" }, { "826", "Milton Keynes" }, { "830", "Derbyshire" },
	{ "831", "Derby" }, { "836", "Poole" }, { "837", "Bournemouth" }, { "838", "Dorset" },
	{ "839", "Bournemouth, Christchurch and Poole" }, { "840", "County Durham" },
	{ "841", "Darlington" }, { "845", "East Sussex" }, { "846", "Brighton and Hove" },
	{ "850", "Hampshire" }, { "851", "Portsmouth" }, { "852", "Southampton" },
	{ "855", "Leicestershire" }, { "856", "Leicester" }, { "857", "Rutland" },
	{ "860", "Staffordshire" }, { "861", "Stoke-on-Trent" }, { "865", "Wiltshire" },
	{ "866", "Swindon" }, { "867", "Bracknell Forest" }, { "868", "Windsor and Maidenhead" },
	{ "869", "West Berkshire" }, { "870", "Reading" }, { "871", "Slough" }, { "872", "Wokingham" },
	{ "873", "Cambridgeshire" }, { "874", "Peterborough" }, { "876", "Halton" },
	{ "877", "Warrington" }, { "878", "Devon" }, { "879", "Plymouth" }, { "880", "Torbay" },
	{ "881", "Essex" }, { "882", "Southend-on-Sea" }, { "883", "Thurrock" },
	{ "884", "Herefordshire, County of" }, { "885", "Worcestershire" }, { "886", "Kent" },
	{ "887", "Medway" }, { "888", "Lancashire" }, { "889", "Blackburn with Darwen" },
	{ "890", "Blackpool" }, { "891", "Nottinghamshire" }, { "892", "Nottingham" },
	{ "893", "Shropshire" }, { "894", "Telford and Wrekin" }, { "895", "Cheshire East" },
	{ "896", "Cheshire West and Chester" }, { "908", "Cornwall" }, { "909", "Cumbria" },
	{ "916", "Gloucestershire" }, { "919", "Hertfordshire" }, { "921", "Isle of Wight" },
	{ "925", "Lincolnshire" }, { "926", "Norfolk" }, { "928", "Northamptonshire" },
	{ "929", "Northumberland" }, { "931", "Oxfordshire" }, { "933", "Somerset" },
	{ "935", "Suffolk" }, { "936", "Surrey" }, { "937", "Warwickshire" }, { "938", "West Sussex" },
	{ "940", "North Northamptonshire" }, { "941", "West Northamptonshire" }, { "942", "Cumberland" },
	{ "943", "Westmorland and Furness" },
};

const struct establishment_type *establishment_type_by_code(int code)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].code == code) {
			return &types[i];
		}
	}
	return NULL;
}

const struct establishment_type *establishment_type_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcasecmp(types[i].name, name) == 0) {
			return &types[i];
		}
	}
	return NULL;
}

const char *la_code_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof(las) / sizeof(las[0]); i++) {
		if (strcasecmp(las[i].name, name) == 0) {
			return las[i].code;
		}
	}
	return NULL;
}

const char *la_name_by_code(const char *code)
{
	for (size_t i = 0; i < sizeof(las) / sizeof(las[0]); i++) {
		if (text_same(las[i].code, code)) {
			return las[i].name;
		}
	}
	return NULL;
}
