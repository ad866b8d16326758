"""Describe the advert as a JobPosting of schema.org, which search engines and job boards read."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.core.text.countries import country_name
from workbench.core.text.currencies import from_minor
from workbench.core.text.number_style import plain_number
from workbench.documents.model import Document
from workbench.documents.page.plain_html import write_plain_html
from workbench.roles.advert.documents import Application
from workbench.roles.model import PayPeriod, Role

EMPLOYMENT_TYPES = {
    "FULL_TIME": "Full time",
    "PART_TIME": "Part time",
    "TEMPORARY": "For a limited time",
    "CONTRACTOR": "Contractor",
    "INTERN": "Internship",
}
_UNITS = {PayPeriod.HOUR: "HOUR", PayPeriod.MONTH: "MONTH", PayPeriod.YEAR: "YEAR"}


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the work is done and how: a town, a country (ISO 3166), from home or not, and the type of employment."""

    town: str = ""
    country: str = ""
    remote: bool = False
    employment: str = ""


def job_posting(
    role: Role, advert: Document, identifier: str, posted: date, place: Workplace, application: Application
) -> dict[str, Any]:
    """Return the properties of the JobPosting (https://schema.org/JobPosting), without empty ones.

    The description is the text of the `advert`. Pay is in it only where it is released. `identifier` is the name of the
    edition in its company.
    """
    company = advert.stamp.company
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": role.title,
        "description": write_plain_html(advert),
        "datePosted": posted.isoformat(),
        "validThrough": application.until.isoformat() if application.until else "",
        "employmentType": place.employment,
        "hiringOrganization": {"@type": "Organization", "name": company},
        "identifier": {"@type": "PropertyValue", "name": company, "value": identifier},
        "workHours": role.conditions.hours,
        "applicationContact": _contact(application),
        "baseSalary": _salary(role),
        **_location(place),
    }
    return {name: value for name, value in posting.items() if value}


def posting_json(posting: dict[str, Any]) -> str:
    """Return the posting as the text of a script element; no text of it can end the element."""
    text = json.dumps(posting, ensure_ascii=False, indent=2)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _contact(application: Application) -> dict[str, str]:
    address = application.address
    name = "email" if "@" in address and "/" not in address else "url"
    contact = {"name": application.contact, name: address}
    filled = {key: value for key, value in contact.items() if value}
    return {"@type": "ContactPoint", **filled} if filled else {}


def _salary(role: Role) -> dict[str, Any]:
    pay = role.without_unreleased_pay().pay
    ends = {
        name: json.loads(plain_number(from_minor(amount, role.currency)))
        for name, amount in (("minValue", pay.minimum), ("maxValue", pay.maximum))
        if amount is not None
    }
    if not ends:
        return {}
    value = {"@type": "QuantitativeValue", **ends, "unitText": _UNITS[pay.period]}
    return {"@type": "MonetaryAmount", "currency": role.currency, "value": value}


def _location(place: Workplace) -> dict[str, Any]:
    """Return the address of the work, and for work from home the country that a person lives in."""
    country = {"addressCountry": place.country} if place.country else {}
    town = {"addressLocality": place.town} if place.town else {}
    address = {"@type": "PostalAddress", **town, **country}
    location: dict[str, Any] = {"jobLocation": {"@type": "Place", "address": address}} if town or country else {}
    if place.remote:
        location["jobLocationType"] = "TELECOMMUTE"
        if place.country:
            lives_in = {"@type": "Country", "name": country_name(place.country)}
            location["applicantLocationRequirements"] = lives_in
    return location


def missing_from_posting(role: Role, place: Workplace, application: Application) -> tuple[str, ...]:
    """Return what job boards ask for and the advert does not say, as sentences."""
    pay = role.without_unreleased_pay().pay
    return tuple(
        sentence
        for present, sentence in (
            (place.town or place.remote, "No town is given and it is not work from home. Most job boards refuse that."),
            (place.country, "No country is given. Search engines show the job nowhere then."),
            (application.address, "There is no address to apply to."),
            (application.until, "There is no last day. Search engines take the job down after a while."),
            (place.employment, "Full time or part time is not said."),
            (
                pay.minimum is not None or pay.maximum is not None,
                "No pay is shown, because none is written or it is not released. Some laws ask for it in an advert.",
            ),
        )
        if not present
    )
