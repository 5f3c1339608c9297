"""The pages of a preview as HTML that loads nothing: forms, the city report with the team's own texts, and the page that lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.languages import language_name
from sdgcities.i18n.translator import Translator
from sdgcities.kit.preview.form_fields import fields_of
from sdgcities.kit.preview.marking import Marking, marks_of
from sdgcities.model.instruments import Form
from sdgcities.model.plugins import Manifest
from sdgcities.reports.render import environment
from sdgcities.reports.signs import finished
from sdgcities.reports.wording import STATUS, Wording


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a preview, with how many of its texts are marked."""

    name: str
    title: str
    language: str
    html: str
    empty: int
    draft: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of one preview share: the plugin, the manifests whose texts count, which pages there are, and which texts are the core's."""

    plugin: Manifest
    manifests: Sequence[Manifest]
    languages: Sequence[str]
    core: frozenset[str]

    def form_page(self, form: Form) -> list[Page]:
        """A form in each language."""
        return [self._form(form, language) for language in self.languages]

    def report_page(self, city: str, title: str, reports: Mapping[str, tuple[Marking, str]]) -> list[Page]:
        """The report of a city in each language, marked as a preview. `reports` holds the pages as the hub writes them."""
        return [self._report(f"city-{city}", title, language, *reports[language]) for language in self.languages]

    def _form(self, form: Form, language: str) -> Page:
        translator = Marking(language, self.manifests)
        wording = Wording(translator, Formats(language, self.manifests), {}, {})
        body = form_body(form, translator, wording, self.plugin)
        plain, frame = self._plain(language)
        shown = {"title": frame.text(form.title), "body": body, "banner": self._banner(f"form-{form.id}", translator)}
        html = _render("page.html", plain, frame, self.plugin, shown)
        return Page(f"form-{form.id}.{language}.html", form.title, language, html, len(translator.empty), len(translator.draft))

    def _report(self, name: str, title: str, language: str, translator: Marking, html: str) -> Page:
        banner = self._banner(name, translator)
        style = environment("preview").get_template("marks.css").render()
        html = html.replace("</style>", f"{style}</style>", 1).replace("<body>", f"<body>\n{banner}", 1)
        return Page(f"{name}.{language}.html", title, language, html, len(translator.empty), len(translator.draft))

    def _banner(self, name: str, marks: Marking) -> Markup:
        """What the page is, and how many of its texts are marked; it is no part of what is looked at, so nothing in it is marked."""
        plain, frame = self._plain(marks.language)
        shown = {"empty": len(marks.empty), "core": len(marks.empty & self.core), "draft": len(marks.draft), "others": self._others(name, marks.language)}
        return _render("banner.html", plain, frame, self.plugin, shown)

    def _plain(self, language: str) -> tuple[Translator, Wording]:
        """The reader's words without marks."""
        plain = Translator(language, Catalogues(self.manifests))
        return plain, Wording(plain, Formats(language, self.manifests), {}, {})

    def _others(self, name: str, language: str) -> list[tuple[str, str, str]]:
        """The same page in the other languages, each with its own name for itself."""
        return [(other, language_name(other, other), f"{name}.{other}.html") for other in self.languages if other != language]


def form_body(form: Form, translator: Translator, wording: Wording, plugin: Manifest) -> Markup:
    """A form as a person fills it in."""
    shown = {"form": form, "fields": fields_of(form, wording), "status": wording.message(STATUS[form.status])}
    return _render("form.html", translator, wording, plugin, shown)


def index_page(plugin: Manifest, pages: Sequence[Page], translator: Translator) -> str:
    """The page that lists the others, in the language of whoever asked for the preview."""
    wording = Wording(translator, Formats(translator.language, (plugin,)), {}, {})
    titles = dict.fromkeys(page.title for page in pages)
    rows = [(title, [page for page in pages if page.title == title]) for title in titles]
    languages = {page.language: language_name(page.language, translator.language) for page in pages}
    body = _render("index.html", translator, wording, plugin, {"rows": rows, "languages": languages})
    title = wording.say("Preview: %(plugin)s", plugin=plugin.title)
    return _render("page.html", translator, wording, plugin, {"title": title, "body": body, "banner": ""})


def _render(template: str, translator: Translator, wording: Wording, plugin: Manifest, shown: Mapping[str, object]) -> Markup:
    context = {"w": wording, "_": wording.say, "ngettext": wording.nsay, "plugin": plugin, "language": translator.language, "direction": translator.direction}
    page = environment("preview").get_template(template).render(context | dict(shown))
    return Markup(finished(page, marks_of(translator)))  # noqa: S704 - of our own templates, which escape
