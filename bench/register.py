"""A national school register, made from a seed: 50,000 rows with every column that the published file
has had from 2023 to 2025 (Get Information About Schools, edubasealldata). Values of each column are drawn
from the real extract in tests/data/gias, so that lengths and repetitions are those of the real thing;
numbers, names of schools and addresses are made up."""
import csv
import random
from pathlib import Path

GIAS = Path(__file__).resolve().parent.parent / "tests" / "data" / "gias"
COLUMNS = (
    "URN; LA (code); LA (name); EstablishmentNumber; EstablishmentName; TypeOfEstablishment (code); TypeOfEstablishment (name); "
    "EstablishmentTypeGroup (code); EstablishmentTypeGroup (name); EstablishmentStatus (code); EstablishmentStatus (name); "
    "ReasonEstablishmentOpened (code); ReasonEstablishmentOpened (name); OpenDate; ReasonEstablishmentClosed (code); "
    "ReasonEstablishmentClosed (name); CloseDate; PhaseOfEducation (code); PhaseOfEducation (name); StatutoryLowAge; "
    "StatutoryHighAge; Boarders (code); Boarders (name); NurseryProvision (name); OfficialSixthForm (code); "
    "OfficialSixthForm (name); Gender (code); Gender (name); ReligiousCharacter (code); ReligiousCharacter (name); "
    "ReligiousEthos (name); Diocese (code); Diocese (name); AdmissionsPolicy (code); AdmissionsPolicy (name); SchoolCapacity; "
    "SpecialClasses (code); SpecialClasses (name); CensusDate; NumberOfPupils; NumberOfBoys; NumberOfGirls; PercentageFSM; "
    "TrustSchoolFlag (code); TrustSchoolFlag (name); Trusts (code); Trusts (name); SchoolSponsorFlag (name); "
    "SchoolSponsors (name); FederationFlag (name); Federations (code); Federations (name); UKPRN; FEHEIdentifier; "
    "FurtherEducationType (name); OfstedLastInsp; OfstedSpecialMeasures (code); OfstedSpecialMeasures (name); LastChangedDate; "
    "Street; Locality; Address3; Town; County (name); Postcode; SchoolWebsite; TelephoneNum; HeadTitle (name); HeadFirstName; "
    "HeadLastName; HeadPreferredJobTitle; BSOInspectorateName (name); InspectorateReport; DateOfLastInspectionVisit; "
    "NextInspectionVisit; TeenMoth (name); TeenMothPlaces; CCF (name); SENPRU (name); EBD (name); PlacesPRU; FTProv (name); "
    "EdByOther (name); Section41Approved (name); SEN1 (name); SEN2 (name); SEN3 (name); SEN4 (name); SEN5 (name); SEN6 (name); "
    "SEN7 (name); SEN8 (name); SEN9 (name); SEN10 (name); SEN11 (name); SEN12 (name); SEN13 (name); "
    "TypeOfResourcedProvision (name); ResourcedProvisionOnRoll; ResourcedProvisionCapacity; SenUnitOnRoll; SenUnitCapacity; "
    "GOR (code); GOR (name); DistrictAdministrative (code); DistrictAdministrative (name); AdministrativeWard (code); "
    "AdministrativeWard (name); ParliamentaryConstituency (code); ParliamentaryConstituency (name); UrbanRural (code); "
    "UrbanRural (name); GSSLACode (name); Easting; Northing; MSOA (name); LSOA (name); InspectorateName (name); SENStat; "
    "SENNoStat; BoardingEstablishment (name); PropsName; PreviousLA (code); PreviousLA (name); PreviousEstablishmentNumber; "
    "OfstedRating (name); RSCRegion (name); Country (name); UPRN; SiteName; QABName (code); QABName (name); "
    "EstablishmentAccredited (code); EstablishmentAccredited (name); QABReport; CHNumber; MSOA (code); LSOA (code); FSM; "
    "AccreditationExpiryDate").split("; ")
STATUS = {"Open": "1", "Closed": "2", "Open, but proposed to close": "3", "Proposed to open": "4"}
PHASE = {"Not applicable": "0", "Nursery": "1", "Primary": "2", "Middle deemed primary": "3", "Secondary": "4",
         "Middle deemed secondary": "5", "16 plus": "6", "All-through": "7"}


def _types():
    with open(GIAS / "establishment-types-2025-04-22.csv", encoding="cp1252", newline="") as f:
        rows = list(csv.reader(f))[1:]
    return {row[3].strip(): (row[2].strip(), row[0].strip(), row[1].strip()) for row in rows}


def make(path, rows, authority=None, seed=2015):
    """Writes the file. authority: LA (code) of every school; None: 153 authorities."""
    rnd = random.Random(seed)
    with open(GIAS / "establishments-surrey-hampshire-2022-04-20.csv", encoding="cp1252", newline="") as f:
        real = list(csv.DictReader(f))
    types = _types()
    codes = {}
    with open(path, "w", encoding="cp1252", newline="") as f:
        out = csv.writer(f, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        out.writerow(COLUMNS)
        for i in range(rows):
            model = real[rnd.randrange(len(real))]
            out.writerow(_row(rnd, model, i, types, codes, authority))


def _row(rnd, model, i, types, codes, authority):
    la = authority or str(200 + i % 153)
    kind, group, group_name = types.get(model["TypeOfEstablishment (name)"], ("11", "3", "Independent schools"))
    own = {
        "URN": str(100000 + i), "LA (code)": la, "LA (name)": "Authority " + la,
        "EstablishmentNumber": "%04d" % (1000 + i % 9000),
        "EstablishmentName": model["EstablishmentName"] + (" Caf\u00e9" if i % 97 == 0 else "") + " %d" % i,
        "TypeOfEstablishment (code)": kind, "EstablishmentTypeGroup (code)": group,
        "EstablishmentTypeGroup (name)": group_name,
        "EstablishmentStatus (code)": STATUS[model["EstablishmentStatus (name)"]],
        "PhaseOfEducation (code)": PHASE[model["PhaseOfEducation (name)"]],
        "UKPRN": str(10000000 + i), "NumberOfPupils": str(rnd.randrange(20, 1500)),
        "Easting": str(rnd.randrange(400000, 560000)), "Northing": str(rnd.randrange(100000, 500000)),
        "UPRN": str(rnd.randrange(10 ** 9, 10 ** 11)),
    }
    if types.get(model["TypeOfEstablishment (name)"]) is None:
        own["TypeOfEstablishment (name)"] = "Other independent school"
    return [own.get(c) if c in own else _value(c, model, codes) for c in COLUMNS]


def _value(column, model, codes):
    if column in model:
        return model[column]
    if column.endswith(" (code)"):  # the other half of a pair: a number for each name
        pool = codes.setdefault(column, {})
        name = model.get(column[:-6] + "(name)", "")
        return "" if name == "" else "%02d" % pool.setdefault(name, len(pool))
    return ""


if __name__ == "__main__":
    import sys
    make(sys.argv[1], int(sys.argv[2]))
