"""Whether a paper names the person: the right owner agrees, the wrong one never does, and nearly right is not told."""

from itertools import permutations

import pytest

from registry.facts import PersonName
from registry.papers import Answer, name_on_paper

FILLER = "\nStatement of electric service in the month, amount due 123.45 dollars, kilowatt hours used 456\n"

AGREES = [
    ("Maria//Santos", "MARIA SANTOS"),
    ("Maria//Santos", "SANTOS, MARIA"),
    ("María//Sántos", "Maria Santos"),
    ("Maria//Santos", "María Sántos"),
    ("Maria/Luisa/Santos", "Maria Santos"),
    ("Maria/Luisa/Santos", "MARIA L SANTOS"),
    ("Maria/Luisa/Santos", "MARIA L. SANTOS\n12 ELM ST"),
    ("Maria/Luisa/Santos", "SANTOS, MARIA LUISA"),
    ("Maria/Luisa/Santos", "SANTOS, MARIA L."),
    ("Maria/L/Santos", "Maria Luisa Santos"),
    ("Maria//Santos", "MARIA LUISA SANTOS"),
    ("Maria//Santos", "Dear Maria Santos, thank you for your payment"),
    ("Maria//Santos", "Dear Ms. Maria Santos:"),
    ("Maria//Santos", "Tenant: Maria Santos agrees to pay the rent"),
    ("Maria//Santos", "Account 12345 MARIA SANTOS 12 ELM ST"),
    ("Maria//Santos", "This lease is between Acme LLC and Maria Santos (the tenant)"),
    ("Maria//Santos", "Hello Maria Santos,"),
    ("Ana//Lopez-Garcia", "ANA LOPEZ GARCIA"),
    ("Ana//Lopez Garcia", "ANA LOPEZ-GARCIA"),
    ("Ana//Lopez Garcia", "LOPEZGARCIA, ANA"),
    ("Anne-Marie//von Berg", "ANNE MARIE VON BERG"),
    ("María del Carmen//Pérez", "MARIA DEL CARMEN PEREZ"),
    ("Seán//O'Brien", "SEAN OBRIEN"),
    ("Sean//O'Brien", "Sean O’Brien"),
    ("Sean//O'Brien", "SEAN O BRIEN"),
    ("Łukasz//Wójcik", "LUKASZ WOJCIK"),
    ("Thị Hoa//Nguyễn", "NGUYEN, THI HOA"),
    ("Thi Mai//Nguyen", "1 NGUYEN\n2 THI MAI\n3 DOB 01/02/1980"),
    ("Thi/Mai/Nguyen", "4d DLN 123456\n1. NGUYEN\n2. THI MAI"),
    ("Maria//Santos", "LN SANTOS\nFN MARIA LUISA"),
    ("John//Smith/III", "1 SMITH III\n2 JOHN"),
    ("John//Smith/Jr", "JOHN SMITH JR"),
    ("John//Smith/Jr.", "John Smith, Jr."),
    ("John//Smith Jr", "JOHN SMITH JR."),
    ("John//Smith/Jr", "SMITH JR, JOHN"),
    ("John//Smith/Jr", "JOHN SMITH"),
    ("J//Xu", "1 XU\n2 J"),
    ("Maria//Santos", "Surname\nSANTOS\nGiven names\nMARIA LUISA\nNationality"),
    ("Maria//Santos", "Surname: Santos\nGiven name: Maria"),
    ("Maria//Santos", "First name: Maria\nLast name: Santos"),
    ("Maria//Santos", "Last name\tFirst name\nSANTOS\tMARIA"),
    ("Maria//Santos", "Employee's first name and initial\tLast name\nMARIA L\tSANTOS"),
    ("Maria//Santos", "P<USASANTOS<<MARIA<LUISA<<<<<<<<<<<<<<<<<<<<<"),
    ("Jürgen//Müller", "P<USAMUELLER<<JUERGEN<<<<<<<<<<<<<<<<<<<<<<<"),
    ("Ana//Lopez Garcia", "P<USALOPEZ<GARCIA<<ANA<<<<<<<<<<<<<<<<<<<<<<"),
    ("Ana//Palacios", "PALACIOS<<ANA<<<<<<<<<<<<<<<<<<"),
    ("Maria//Santos", "MARIA\nSANTOS\n12 ELM ST"),
    ("Maria//Santos", "Jose Santos and Maria Santos\n12 Elm St"),
    ("Jose//Santos", "Jose Santos and Maria Santos\n12 Elm St"),
    ("Jose//Santos", "JOSE AND MARIA SANTOS"),
    ("Maria//Santos", "JOSE & MARIA SANTOS"),
    ("Jose//Santos", "JOSE R & MARIA L SANTOS"),
    ("Jose//Santos", "SANTOS, MARIA & JOSE"),
    ("Maria//Santos", "SANTOS, MARIA & JOSE"),
    ("Jose//Rivera", "Jose Rivera & Maria Santos"),
    ("Maria//Santos", "Jose Rivera & Maria Santos"),
    ("Maria//Santos", "JOSE RIVERA\nMARIA SANTOS\n12 ELM ST"),
    ("Оксана//Бондаренко", "Оксана Бондаренко"),
    ("小明//王", "王小明 先生"),
    ("小明//王", "客户：王小明"),
    ("Maria/Luisa/Santos", "SANTOS MARIA L\n12 ELM ST"),
    ("Maria//Santos", "SANTOS MARIA L\n12 ELM ST"),
    ("Maria//da Silva", "DA SILVA MARIA\n12 ELM ST"),
    ("Sean//McGrath", "MCGRATH SEAN\n12 ELM ST"),
    ("Sean//O'Brien", "O BRIEN SEAN\n12 ELM ST"),
    ("Gina//D'Amico", "GINA D AMICO\n12 ELM ST"),
    ("Mai/Thi/Nguyen", "NGUYEN THI MAI\n12 ELM ST"),
    ("Mai//Nguyen", "NGUYEN THI MAI"),
    ("Min-jun//Kim", "KIM MIN-JUN\n12 ELM ST"),
    ("Jianguo//Zhang", "ZHANG JIANGUO\n12 ELM ST"),
    ("Maria//Santos", "LN\tSANTOS\nFN\tMARIA LUISA\nDOB\t01/02/1980"),
    (
        "Maria//Santos",
        "this lease is between the company and its successors and Maria\nSantos (hereinafter the tenant), who",
    ),
    ("Maria//Santos", "Worker\tJose Rivera\nMARIA SANTOS\tClient ID"),
    ("John//Smith/Jr", "JOHN SMITH JR\nsigned by John Smith in the office on the day"),
    ("Ελένη//Παπαδοπούλου", "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ"),
    ("Stanisława//Gołębiewski", "GOLEBIEWSKI STANISLAWA\n12 ELM ST"),
    ("Agnieszka//Kowalczyk", "KOWALCZYK AGNIESZKA STANISLAWA\n12 ELM ST"),
    ("Xiomara//Acosta Colón", "ACOSTA COLON XIOMARA\n12 ELM ST"),
    ("Deborah//Whitaker-Crane", "WHITAKER-CRANE DEBORAH\n12 ELM ST"),
    ("Malcolm//MacLennan", "MACLENNAN MALCOLM\n12 ELM ST"),
    ("Fatima//Al-Husseini", "AL-HUSSEINI FATIMA\n12 ELM ST"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST\nDear Thomas,"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST\nDear Mr. James:"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST\nDrivers\tDate of birth\nTHOMAS JAMES\t01/02/1980"),
    ("Jose//Santos", "JOSE & MARIA LUISA SANTOS"),
    ("Jose/Luis/Santos", "JOSE LUIS & MARIA SANTOS"),
    ("Jose/L/Santos", "JOSE LUIS & MARIA SANTOS"),
    ("Yoojin//Shin", "YOOJIN & DONG-HYUN SHIN"),
    ("Liam//McGrath", "MCGRATH\n1\nLIAM F\n2\n8 12 ELM ST"),
    ("Liam//McGrath", "MCGRATH\n2 LIAM F\n8 12 ELM ST"),
    ("O//O Shea", "1 O SHEA\n20\n8 12 ELM ST"),
    ("J//Xu", "1XU\n2J\n8 12 ELM ST"),
]
CANNOT_TELL = [
    ("Maria//Santos", "MARIA SANTOS RODRIGUEZ"),
    ("Maria//Santos", "MARIA SANTOS-RODRIGUEZ"),
    ("Maria//Santos", "ANNA MARIA SANTOS"),
    ("Maria//Santos", "ANA-MARIA SANTOS"),
    ("Maria//Santos", "MARIA DE SANTOS"),
    ("Maria//Santos", "M SANTOS"),
    ("Maria//Santos", "SANTOS, M"),
    ("M//Santos", "MARIA SANTOS"),
    ("Maria//Santos", "MARIE SANTOS"),
    ("Maria//Santos", "MARIA SANTO"),
    ("Maria//Santos", "MAIRA SANTOS"),
    ("Robert//Hansen", "BOB HANSEN"),
    ("Bob//Hansen", "ROBERT HANSEN"),
    ("Christopher//Hansen", "CHRISTOPH HANSEN"),
    ("Maria/Luisa/Santos", "MARIA T SANTOS"),
    ("Maria/Luisa/Santos", "SANTOS, MARIA TERESA"),
    ("John//Smith", "JOHN SMITH JR"),
    ("John//Smith/Sr", "JOHN SMITH JR"),
    ("John//Smith", "1 SMITH JR\n2 JOHN"),
    ("Ana//Lopez Garcia", "ANA LOPEZ"),
    ("Mary Jane//Doe", "MARY DOE"),
    ("James//Thomas", "THOMAS JAMES"),
    ("Maria//Rodriguez", "Maria Santos and Jose Rodriguez"),
    ("Jose//Santos", "JOSE RIVERA AND MARIA SANTOS"),
    ("Maria//Santos", "Tenants: Jose Santos, Maria Rodriguez"),
    ("Jose//Rodriguez", "MARIA\tRODRIGUEZ\tJOSE\tSANTOS"),
    ("Maria//Santos", "MARIA\tRODRIGUEZ\nJOSE\tSANTOS"),
    ("Maria//Santos", "JOSE\nMARIA\nSANTOS\nRIVERA"),
    ("Maria//Santos", "MARIA SANTOS LLC"),
    ("Maria//Santos", "Maria Santos Dental Group"),
    ("Maria//Santos", "Landlord: Maria Santos"),
    ("Maria//Santos", "Landlord:\tMaria Santos"),
    ("Maria//Santos", "Landlord\nMaria Santos"),
    ("Maria//Santos", "Maria Santos, Property Manager"),
    ("Maria//Santos", "JOSE RIVERA C/O MARIA SANTOS"),
    ("Maria//Santos", "Make checks payable to Maria Santos"),
    ("Maria//Santos", "12 MARIA SANTOS ST"),
    ("Maria//Santos", "Maria owes; Santos is paid"),
    ("Оксана//Бондаренко", "Oksana Bondarenko"),
    ("小明//王", "Wang Xiaoming"),
    ("Maria//王", "MARIA WANG"),
    ("-//-", "MARIA SANTOS"),
    ("Charlese//Peck", "CHARLES E PECK\n12 ELM ST"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST"),
    ("Thomas//James", "JAMES THOMAS O\n12 ELM ST"),
    ("Wei//Chen", "CHEN WEI\n12 ELM ST"),
    ("Thomas//Kim", "KIM THOMAS\n12 ELM ST"),
    ("Maria//Santos", "Sincerely,\nMaria Santos"),
    ("Maria//Santos", "Sincerely,\nMaria Santos\nRegional Director"),
    ("Maria//Santos", "Maria Santos\tJose Rivera\nLandlord or agent\tTenant"),
    ("Maria//Santos", "Landiord:\tMaria Santos"),
    ("Maria//Santos", "Named Insured\tYour Agent\nJose Rivera\tMaria Santos"),
    ("Maria//Santos", "Beneficiaries on file: Maria Santos, born 01/02/1980"),
    ("Maria//Santos", "Information about Maria Santos does not change this decision of ours"),
    ("Maria//Santos", "Other occupants: Maria Santos"),
    ("Maria//Santos", "to be used as a home by the tenant and by Maria Santos and nobody else"),
    ("John//Smith/Sr", "JOHN SMITH JR\n12 ELM ST\nJohn Smith"),
    ("John//Smith/Sr", "First name\tLast name\tSuff.\nJOHN\tSMITH\tJR"),
    ("Maria/Luisa/Santos", "MARIA T SANTOS\n12 ELM ST\nMaria Santos"),
    ("Liam//McGrath", "MCGRATH\n1\nLIAM\n2"),
    ("Inés//Gutiérrez Figueroa", "Employee's first name and initial\tLast name\tSuff.\nINES\tGUTIERREZ"),
    ("António/Filipe/FFerreira", "António F. Ferreira\n1028 Prospect Street"),
    ("Liam//McGrath", "MCGRATH\n1\nLIAM\n2\nGRACE\n3 DOB 01/02/1980"),
    ("Gul//Khan", "KHAN GUL\n12 ELM ST"),
    ("Osei//Owusu", "OWUSU OSEI\n12 ELM ST"),
    ("Nguyen//Kowalski", "KOWALSKI NGUYEN\n12 ELM ST"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST\nDear James,"),
    ("Thomas//James", "JAMES THOMAS\n12 ELM ST\nDear Mr. Thomas:"),
    ("James//Smith", "JAMES THOMAS & MARY SMITH"),
    ("James/Robert/Smith", "JAMES THOMAS & MARY SMITH"),
    ("James/Robert/Smith", "JAMES T & MARY SMITH"),
    ("Maria//Lopez", "MARIA & JOSE GARCIA LOPEZ"),
    ("Maria//Lopez", "MARIA & JOSE LUIS RIVERA LOPEZ"),
]
DISAGREES = [
    ("Maria//Santos", "First name: Maria\nLast name: Rodriguez\nFirst name: Jose\nLast name: Santos"),
    ("Maria//Rodriguez", "MARIA SANTOS"),
    ("Maria//Santos", "JOSE RIVERA\n12 ELM ST"),
    ("Maria//Santos", "JOSE SANTOS"),
    ("Maria//Santos", "SANTOS, JOSE"),
    ("Maria//Santos", "1 RIVERA\n2 JOSE"),
    ("Maria//Santos", "P<USARIVERA<<JOSE<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
    ("Ann//Lee", "JOANN LEEDS"),
    ("Li//Xu", "LU XI"),
    ("Maria//Santos", "Mariana Santoro"),
    ("Ana//Garcia", "DIANA GARCIAPARRA"),
    ("J//Xu", "MARIA SANTOS"),
]


def asked(name: str, text: str) -> Answer:
    first, middle, last, suffix = (*name.split("/"), "", "", "")[:4]
    return name_on_paper(text + FILLER, PersonName(first, middle, last, suffix))


@pytest.mark.parametrize(("name", "text"), AGREES)
def test_a_paper_that_names_the_person_agrees(name: str, text: str) -> None:
    assert asked(name, text) is Answer.AGREES


@pytest.mark.parametrize(("name", "text"), CANNOT_TELL)
def test_a_paper_that_nearly_names_the_person_cannot_be_told(name: str, text: str) -> None:
    assert asked(name, text) is Answer.CANNOT_TELL


@pytest.mark.parametrize(("name", "text"), DISAGREES)
def test_a_legible_paper_of_somebody_else_disagrees(name: str, text: str) -> None:
    assert asked(name, text) is Answer.DISAGREES


@pytest.mark.parametrize("text", ["", "Scanned with an app 3.4", "\ufffd" * 200, "@@ ## $$ %% " * 30, "page 1 of 2"])
def test_too_little_or_garbled_text_accuses_nobody(text: str) -> None:
    assert name_on_paper(text, PersonName("Maria", "", "Santos", "")) is Answer.CANNOT_TELL


PAIRS = (
    "{a} {b} and {c} {d}",
    "{a} {b} & {c} {d}",
    "{a} {b}, {c} {d}",
    "{a} {b} / {c} {d}",
    "{a} {b}\n{c} {d}",
    "{a} {b}\t{c} {d}",
    "{a}\t{b}\n{c}\t{d}",
    "{b}, {a}\n{d}, {c}",
    "{b}, {a}; {d}, {c}",
    "{b}, {a} & {d}, {c}",
    "{b} {a} & {d} {c}",
    "{a}\n{b}\n{c}\n{d}",
    "Last name\tFirst name\n{b}\t{a}\n{d}\t{c}",
    "1 {b}\n2 {a}\n1 {d}\n2 {c}",
    "Surname\n{b}\nGiven names\n{a}\nSurname\n{d}\nGiven names\n{c}",
    "{a} {b} {c} {d}",
    "{a} {b} c/o {c} {d}",
    "Dear {a},\n{b} {a} & {d} {c}",
    "Dear {a},\n{b} {a}\n{d} {c}",
    "{a} {b}\n{b} {a} {d} {c}",
    "{b}\n1\n{a}\n2\n8 12 Elm St\n{d}\n1\n{c}\n2\n8 14 Elm St",
)


@pytest.mark.parametrize("both", PAIRS)
@pytest.mark.parametrize("capitals", [False, True])
def test_two_peoples_names_side_by_side_never_make_a_third_persons(both: str, capitals: bool) -> None:
    givens = ("Maria", "Thomas", "Anne-Marie", "Mai")
    surnames = ("Santos", "James", "O'Brien", "Lopez Garcia", "Kowalski")
    for a, c in permutations(givens, 2):
        for b, d in permutations(surnames, 2):
            text = both.format(a=a, b=b, c=c, d=d)
            text = text if "name" in both or not capitals else text.upper()
            assert asked(f"{a}//{d}", text) is not Answer.AGREES
            assert asked(f"{c}//{b}", text) is not Answer.AGREES


def test_a_license_field_number_that_a_picture_ran_into_the_name_is_no_part_of_it() -> None:
    card = "CONNECTICUT\tDRIVER'S LICENSE\n4d DLN 607052361\n3 DOB 05/24/1943\n1 BELLINI\n2ROSA\n8 1997 LAUREL RD"
    rosa = PersonName("Rosa", "", "Bellini", "")
    assert name_on_paper(card, rosa) is Answer.AGREES
    assert name_on_paper(card, PersonName("Rose", "", "Bellini", "")) is not Answer.AGREES
    assert name_on_paper(card.replace("2ROSA", "2nd ROSA"), rosa) is not Answer.AGREES
