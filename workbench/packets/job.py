"""Everything that decides what a run prints: roles, people, recipe, options; and each document of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from workbench.core.text.translation import Translator, language_name, load_translator
from workbench.core.text.words import join_words
from workbench.documents.model import Document, FillMode, Stamp
from workbench.documents.page.fonts import find_unsupported
from workbench.documents.page.html import edition_name
from workbench.hiring import documents as hiring_documents
from workbench.hiring.model import InterviewDay, People
from workbench.hiring.rounds import Round
from workbench.hiring.schedule import interview_schedule
from workbench.hiring.timetable import MIN_MINUTES, Talk, Timetable, schedule_talks
from workbench.packets import documents
from workbench.packets.contents import ContentsChapter, ContentsEntry, Cover, CoverRole
from workbench.packets.model import (
    DEFAULT_OPTIONS,
    Packet,
    PacketEntry,
    RunOptions,
    asks_for_roles,
    plan_packets,
)
from workbench.packets.recipes import model as recipes
from workbench.packets.recipes.model import DOCUMENT_TITLES, DocumentKind, Reader, Recipe
from workbench.roles.documents.build import interview_kit
from workbench.roles.documents.kinds import build_document
from workbench.roles.exercises.model import with_sent_exercises, written_exercises
from workbench.roles.interviews.model import CLOSING_MINUTES, GREETING_MINUTES
from workbench.roles.model import Role
from workbench.roles.promises.model import for_candidates

_NAME_CANDIDATES = frozenset({DocumentKind.SCHEDULE, DocumentKind.SHEETS})
_EXERCISES = frozenset({DocumentKind.EXERCISE, DocumentKind.ROLE_PLAY})
_OUTSIDE = frozenset({Reader.PANEL, Reader.CANDIDATE})  # they see pay only when it is released


@lru_cache(maxsize=4)
def _schedule(held: Round, day: InterviewDay) -> Timetable:
    """Return the timetable of a round, once for all documents of a run. Raises ValueError with a sentence."""
    longest = held.longest
    if not longest and not day.minutes:
        raise ValueError("Say how many minutes an interview takes: these roles have no questions to work it out from.")
    if MIN_MINUTES <= day.minutes < longest:
        raise ValueError(
            f"An interview of {day.minutes} minutes is too short: {longest} are {GREETING_MINUTES} to greet, the "
            f"questions, and {CLOSING_MINUTES} for the candidate’s own. Leave the minutes empty, or take a shorter kit."
        )
    return Timetable(day, schedule_talks(held.interviews(day.minutes), day))


@lru_cache(maxsize=4)
def _moments(held: Round, day: InterviewDay) -> Mapping[tuple[str, str, int], Talk]:
    """Return each interview by candidate, panel member and role, for all score sheets of a run."""
    talks = _schedule(held, day).talks
    return {(talk.candidate, name, talk.interview.role): talk for talk in talks for name in talk.interview.members}


def unsupported_names(people: People) -> tuple[tuple[str, str], ...]:
    """List names with letters that no font prints: `panel` or `candidates`, and a sentence, at most one for each."""
    faults = []
    for part, names in (("panel", people.panel), ("candidates", people.candidates)):
        for name in names:
            if letters := find_unsupported(name):
                sentence = (
                    f"These letters cannot be printed: {join_words(list(letters))} in “{name}”. Write it without."
                )
                faults.append((part, sentence))
                break
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class ChosenRole:
    """One role of a run, as it was published or drafted, with the stamp of its documents."""

    role: Role
    stamp: Stamp


def name_roles(roles: Sequence[ChosenRole]) -> tuple[str, ...]:
    """Return the name of each role of a run, with the edition where two have the same title."""
    titles = Counter(each.role.title for each in roles)
    return tuple(
        each.role.title if titles[each.role.title] == 1 else f"{each.role.title}, {each.stamp.edition}"
        for each in roles
    )


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Everything that decides what a run prints.

    `leader` is the name on a manager packet, `answers` are the returned answers of each sheet, for a flat run. `name`
    is the run's own name: it is part of the names of files of all packets, and is printed on no document.
    """

    recipe: Recipe
    roles: tuple[ChosenRole, ...]
    people: People
    leader: str
    options: RunOptions = DEFAULT_OPTIONS
    answers: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    name: str = ""

    def packets(self) -> tuple[Packet, ...]:
        """Return the packets of the run. Raises ValueError with a sentence for the person who planned it."""
        fillable = self.options.form is not FillMode.HAND
        if asks_for_roles(self.recipe) and (strangers := self.round.unknown_roles()):
            raise ValueError(strangers[0])
        applicants = [self.round.candidates_for(role) for role in range(len(self.roles))]
        planned = plan_packets(
            self.recipe, len(self.roles), self.people, self.leader, fillable=fillable, applicants=applicants
        )
        packets = tuple(
            replace(each, entries=tuple(entry for entry in each.entries if self._is_written(entry, each.reader)))
            for each in planned
        )
        if not all(packet.entries for packet in packets):
            raise ValueError("No exercise of these roles has a sheet for this reader, so there is nothing to print.")
        if faults := unsupported_names(self.people):
            raise ValueError(faults[0][1])
        if not _NAME_CANDIDATES.isdisjoint(self.recipe.parts):
            self.timetable()
        return packets

    @property
    def round(self) -> Round:
        """Return the interviews of the run: its roles, its people, and how they are held."""
        return Round(tuple(each.role for each in self.roles), self.role_names, self.people, self.options.style)

    def _is_written(self, entry: PacketEntry, reader: str) -> bool:
        """Return whether there is anything to print: someone who asks no exercise gets no sheets of them."""
        if entry.part not in _EXERCISES:
            return True
        asked = self.round.share_of(entry.role or 0, reader) if self.recipe.reader is Reader.PANEL else None
        return bool(written_exercises(self._shown_role(entry))) and (asked is None or bool(written_exercises(asked)))

    def _shown_role(self, entry: PacketEntry) -> Role:
        """Return the role of a document as its reader may see it; of the exercises, those that the round asks."""
        place = entry.role or 0
        role = self.round.kit(place).role if entry.part in _EXERCISES else self.roles[place].role
        if self.recipe.reader in _OUTSIDE:
            role = for_candidates(role)
        return with_sent_exercises(role) if self.recipe.reader is Reader.CANDIDATE else role

    def timetable(self) -> Timetable | None:
        """Return the timetable, where the days of the round are known. Raises ValueError with a sentence."""
        day = self.options.day
        return _schedule(self.round, day) if day else None

    def round_summary(self) -> tuple[str, ...]:
        """Return the round in sentences, for a recipe that is about its interviews."""
        if DocumentKind.KIT not in self.recipe.parts and not asks_for_roles(self.recipe):
            return ()
        return self.round.summary(self.options.day.minutes if self.options.day else 0)

    def _interview_time(self, entry: PacketEntry) -> str:
        """Return when a panel member interviews a candidate, or nothing where the schedule is filled in by hand."""
        day = self.options.day
        if day is None:
            return ""
        talk = _moments(self.round, day)[entry.about, entry.reader, entry.role or 0]
        return f"{self.translator.day(talk.on)}, {talk.span}"

    def _kit(self, entry: PacketEntry, chosen_role: ChosenRole) -> Document:
        """Build a kit: with the schedule's day, and without its own score sheet where each candidate has one."""
        timetable = None if _NAME_CANDIDATES.isdisjoint(self.recipe.parts) else self.timetable()
        interview_date = self.translator.join(tuple(map(self.translator.day, timetable.days))) if timetable else ""
        sheet = DocumentKind.SHEETS not in self.recipe.parts
        role = self.round.share_of(entry.role or 0, entry.reader)
        return interview_kit(role, chosen_role.stamp, entry.reader, self.options.language, interview_date, sheet=sheet)

    def document(self, entry: PacketEntry) -> Document:
        """Return one document of the run, in the form and size that were chosen; the guide has nothing to fill in."""
        form = FillMode.HAND if entry.part is DocumentKind.GUIDE else self.options.form
        document = replace(self._document(entry), form=form, large=self.options.large)
        return replace(document, answers=self.answers.get(document.sheet, ())) if form is FillMode.FLAT else document

    def _document(self, entry: PacketEntry) -> Document:
        if entry.role is None:
            return self._about_all(entry.part)
        chosen_role = self.roles[entry.role]
        if entry.part is DocumentKind.SHEETS:
            interview_date = self._interview_time(entry)
            role = self.round.share_of(entry.role, entry.reader)
            return hiring_documents.score_sheet(
                role, entry.reader, entry.about, chosen_role.stamp, self.options.language, interview_date
            )
        if entry.part is DocumentKind.KIT:
            return self._kit(entry, chosen_role)
        document = build_document(entry.part, self._shown_role(entry), chosen_role.stamp, self.options.language)
        return replace(document, people=(entry.reader,)) if entry.reader else document

    def chapter(self, entry: PacketEntry) -> str:
        """Return the title of the part of a packet that a document belongs to: its role, or nothing."""
        return "" if entry.role is None else self.role_names[entry.role]

    @property
    def role_names(self) -> tuple[str, ...]:
        """Return the name of each role of the run, with the edition where two have the same title."""
        return name_roles(self.roles)

    def missing_content(self) -> tuple[str, ...]:
        """Return a sentence for each part of a role that the documents of the recipe need and that is missing."""
        roles = zip(self.role_names, (chosen_role.role for chosen_role in self.roles), strict=True)
        return recipes.missing_content(self.recipe, tuple(roles))

    def label(self, entry: PacketEntry) -> str:
        """Return the title of a document in the contents and in the bookmarks."""
        if entry.part is DocumentKind.SHEETS:
            if self.recipe.reader is Reader.PANEL:
                return self.translator.gettext("Score sheet: {candidate}", candidate=entry.about)
            both = {"candidate": entry.about, "interviewer": entry.reader}
            return self.translator.gettext("Score sheet: {candidate}, by {interviewer}", **both)
        return self.translator.gettext(DOCUMENT_TITLES[entry.part])

    @property
    def language(self) -> str:
        """Return the name of the language of the documents, in that language."""
        return language_name(self.options.language)

    @property
    def title(self) -> str:
        """Return the title of a packet: `Interviewer packet`."""
        return self.translator.gettext(self.recipe.title)

    def reader(self, packet: Packet) -> str:
        """Return the name of the reader of a packet."""
        return self.translator.gettext(packet.reader) if self.recipe.reader is Reader.FILE else packet.reader

    @property
    def translator(self) -> Translator:
        """Return the translator of the run's language."""
        return load_translator(self.options.language)

    def cover(self, packet: Packet, places: Sequence[int], pages: int, digest: str = "") -> Document:
        """Build the cover of a packet: each document starts on its place among the `pages`; 0 is no page number.

        `digest` is the sha256 of the packet's contents.
        """
        chapters: dict[str, list[ContentsEntry]] = {}
        for entry, place in zip(packet.entries, places, strict=True):
            chapters.setdefault(self.chapter(entry), []).append(ContentsEntry(self.label(entry), place))
        contents = Cover(
            self.title,
            self.reader(packet),
            tuple(
                CoverRole(chosen_role.role.title, edition_name(chosen_role.stamp, self.translator))
                for chosen_role in self.roles
            ),
            tuple(ContentsChapter(title, tuple(items)) for title, items in chapters.items()),
            pages,
            confidential=self.recipe.reader is Reader.PANEL and not _NAME_CANDIDATES.isdisjoint(self.recipe.parts),
        )
        document = documents.cover(contents, replace(self.stamp, digest=digest), self.options.language)
        return replace(document, large=self.options.large)

    @property
    def stamp(self) -> Stamp:
        """Return the stamp of documents about all roles: it names the company and no edition."""
        stamps = [chosen_role.stamp for chosen_role in self.roles]
        return replace(stamps[0], edition="", digest="", draft=any(stamp.draft for stamp in stamps))

    def _about_all(self, part: DocumentKind) -> Document:
        if part is DocumentKind.GUIDE:
            return documents.interviewer_guide(self.stamp, self.options.language)
        return interview_schedule(self.round, self.stamp, self.options.language, self.timetable())
