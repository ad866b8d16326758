"""Find the columns of a table of people by their headings, in English, German, French, Spanish, Italian and Dutch."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NAME = (
    "name", "names", "full name", "person", "display name", "candidate name", "applicant name", "interviewer name", "employee name",
    "vollstandiger name", "nom", "noms", "nom complet", "nom et prenom", "nombre", "nombre completo", "nombre y apellidos",
    "nome", "nome completo", "nome e cognome", "nominativo", "naam", "volledige naam",
)  # fmt: skip
_FIRST = (
    "first name", "given name", "forename", "first", "firstname", "legal first name", "vorname", "prenom", "nombre de pila",
    "nome di battesimo", "voornaam",
)  # fmt: skip
_PREFERRED = (
    "preferred name", "preferred first name", "known as", "nickname", "goes by", "rufname", "prenom usuel", "nombre preferido",
    "nome preferito", "roepnaam",
)  # fmt: skip
_LAST = (
    "last name", "surname", "family name", "last", "lastname", "legal last name", "nachname", "familienname", "zuname",
    "nom de famille", "apellidos", "apellido", "primer apellido", "cognome", "achternaam", "familienaam",
)  # fmt: skip
_SECOND_LAST = ("second last name", "segundo apellido")
_PARTICLE = ("tussenvoegsel", "tussenvoegsels", "name prefix", "namenszusatz")
_MIDDLE = (
    "middle name",
    "middle initial",
    "mi",
    "middle",
    "zweiter vorname",
    "deuxieme prenom",
    "segundo nombre",
    "secondo nome",
)
_PART = (
    "part", "takes part as", "kind", "type", "teil", "art", "nimmt teil als", "participe comme", "participa como", "tipo",
    "partecipa come", "soort", "doet mee als",
)  # fmt: skip
_ROLE = (
    "role", "applies for", "applied for", "job", "job applied for", "vacancy", "opening", "requisition", "position", "rolle",
    "stelle", "bewirbt sich fur", "funktion", "poste", "postule pour", "fonction", "puesto", "vacante", "rol", "posto",
    "ruolo", "posizione", "si candida per", "functie", "vacature", "positie", "solliciteert op",
)  # fmt: skip
_PANEL = (
    "panel", "panel member", "panelist", "panellist", "interviewer", "panelmitglied", "interviewerin", "interviewer in",
    "interviewende", "jury", "membre du jury", "membre du panel", "intervieweur", "intervieweuse", "entrevistador",
    "entrevistadora", "entrevistadore", "miembro del panel", "panelista", "intervistatore", "intervistatrice", "intervistatori",
    "membro del panel", "panellid", "panelleden",
)  # fmt: skip
_CANDIDATE = (
    "candidate", "applicant", "bewerber", "bewerberin", "bewerber in", "bewerbende", "kandidat", "kandidatin", "kandidat in",
    "kandidaten", "candidat", "candidat e", "postulant", "postulante", "candidato", "candidata", "candidato a", "candidati",
    "candidatos", "aspirante", "kandidaat", "kandidaten", "sollicitant", "sollicitanten",
)  # fmt: skip
_EVERY_ROLE = (
    "every role",
    "all",
    "all roles",
    "every",
    "both",
    "alle",
    "beide",
    "toutes",
    "tous",
    "todas",
    "todos",
    "tutti",
    "tutte",
)


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: small letters without accents, and single spaces for everything else."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def is_panel(text: str) -> bool:
    """Return whether a word says that a person is on the panel."""
    return _is_one_of(text, _PANEL)


def is_candidate(text: str) -> bool:
    """Return whether a word says that a person is a candidate."""
    return _is_one_of(text, _CANDIDATE)


def is_part(text: str) -> bool:
    """Return whether a word says what part a person takes in a round."""
    return is_panel(text) or is_candidate(text)


def is_every_role(text: str) -> bool:
    """Return whether a word means every role of a round."""
    return fold_heading(text) in _EVERY_ROLE


def is_heading(text: str) -> bool:
    """Return whether a line alone is the heading of a list of names."""
    return fold_heading(text) in _NAME or is_part(text.removesuffix(":"))


def _is_one_of(text: str, labels: Sequence[str]) -> bool:
    words = fold_heading(text)
    return words in labels or words.removesuffix("s") in labels


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: those whose cells make the name, and those of the part and the role, where there are any.

    `preferred` replaces the first of the `names` where it is filled; `middle` is read only to tell two people apart.
    """

    names: tuple[int, ...] = ()
    preferred: int | None = None
    middle: int | None = None
    part: int | None = None
    role: int | None = None
    count: int = 0


def find_columns(row: Sequence[str]) -> Columns:
    """Return the columns of a row of headings; without `names` it is none."""
    head = [fold_heading(cell) for cell in row]

    def find(*headings: str) -> int | None:
        return next((head.index(each) for each in headings if each in head), None)

    full, first, last = find(*_NAME), find(*_FIRST), find(*_LAST)
    preferred, middle, part, role = find(*_PREFERRED), find(*_MIDDLE), find(*_PART), find(*_ROLE)
    if first is None and last is None:
        names = [full, None] if full is not None else [preferred]
        preferred = None
    elif first is None:
        names = [full if full is not None else preferred, find(*_PARTICLE), last, find(*_SECOND_LAST)]
    else:
        names = [first, find(*_PARTICLE), last if last is not None else full, find(*_SECOND_LAST)]
        if names[2] is None:
            names = []
    found = tuple(each for each in names if each is not None)
    known = {each for each in (*found, preferred, middle, part, role) if each is not None}
    return Columns(found, preferred, middle, part, role, len(known))
