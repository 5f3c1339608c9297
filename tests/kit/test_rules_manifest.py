"""Wrong files that the rules of plugin.yaml must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

from tests.kit.wrong import Wrong, parametrized, tell

WRONG = [
    Wrong("manifest-valid", "plugin.yaml", "name: atlantis", "name: Atlantis Plugin", "2:1", "lower case letters"),
    Wrong("manifest-valid", "plugin.yaml", "title: Atlantis\n", "", "1:1", "title is missing"),
    Wrong("manifest-valid", "plugin.yaml", "title: Atlantis\n", "title:\n", "3:1", "Must be of type text"),
    Wrong("manifest-valid", "plugin.yaml", "version: 0.1.0", "version: 1", "4:1", "Must be of type text"),
    Wrong("manifest-valid", "plugin.yaml", "version: 0.1.0", "version: first", "4:1", "such as 0.1.0"),
    Wrong("manifest-valid", "plugin.yaml", "layer: country", "layer: city", "5:1", "Must be one of"),
    Wrong("manifest-valid", "plugin.yaml", "layer: country", "layer: core", "5:1", "core's own"),
    Wrong("manifest-valid", "plugin.yaml", "layer: country", "layer: country\nlayer: hub", "6:1", "stands twice"),
    Wrong("manifest-valid", "plugin.yaml", "[XA]", "[Atlantis]", "6:13", "two capital letters"),
    Wrong("manifest-valid", "plugin.yaml", "[XA]", "[UK]", "6:13", "no country's code"),
    Wrong("manifest-valid", "plugin.yaml", "[XA]", "XA", "6:1", "Must be of type list"),
    Wrong("manifest-valid", "plugin.yaml", "languages: [en]", "languages: [English]", "7:13", "a language's code"),
    Wrong("manifest-valid", "plugin.yaml", "languages: [en]", "languages: [en, en]", "7:1", "An entry stands twice"),
    Wrong("manifest-valid", "plugin.yaml", "currency: USD", "currency: dollars", "8:1", "three capital letters"),
    Wrong("manifest-valid", "plugin.yaml", "maintainers:", "maintainer:", "9:1", "Did you mean maintainers"),
    Wrong("manifest-valid", "plugin.yaml", "  institutions: Atlantis", "  governance: Atlantis", "11:3", "Each key must be one of"),
    Wrong(
        "manifest-valid", "plugin.yaml", "  - {id: town, name: Town, city: true}", "  - {id: island, name: Town, city: true}", "12:1", "A level stands twice"
    ),
    Wrong("manifest-valid", "plugin.yaml", "city: true", "city: ja", "14:28", "true or false"),
    Wrong("manifest-valid", "plugin.yaml", "{id: island, name: Island}", "{id: Island, name: Island}", "13:6", "a letter first"),
    Wrong("manifest-valid", "plugin.yaml", "    office: Registry of Atlantis\n", "", "16:3", "office is missing"),
    Wrong("manifest-valid", "plugin.yaml", "url: https://registry.xa/register", "url: our register", "20:5", "web address"),
    Wrong("manifest-valid", "plugin.yaml", "licence: CC-BY-4.0", "license: CC-BY-4.0", "19:5", "Did you mean licence"),
    Wrong("manifest-valid", "plugin.yaml", "units: units.csv", "units: towns.csv", "21:1", "there is no towns.csv"),
    Wrong("manifest-valid", "plugin.yaml", "units: units.csv", "units: /etc/passwd", "21:1", "a file or folder inside the plugin"),
    Wrong("manifest-valid", "plugin.yaml", "units: units.csv", "units: ../units.csv", "21:1", "a file or folder inside the plugin"),
    Wrong("manifest-valid", "plugin.yaml", "forms: forms", "forms: forms/agreement.yaml", "28:1", "there is no forms/agreement.yaml"),
    Wrong("manifest-valid", "plugin.yaml", "units: units.csv\n", "", "21:1", "aliases, but no units"),
    Wrong("manifest-valid", "plugin.yaml", "countries: [XA]", "countries: [XA, XB]", "21:1", "Declare exactly one country"),
    Wrong("manifest-valid", "plugin.yaml", "profiles: profiles", "profiles: profiles\nhooks: other.hooks", "30:1", "not in the plugin's own package"),
    Wrong("manifest-valid", "plugin.yaml", "name: atlantis", "name: &a atlantis", "2:7", "Anchors and aliases"),
    Wrong("manifest-valid", "plugin.yaml", "levels:\n", "levels:\n\t", "13:1", "not valid YAML"),
    Wrong("manifest-valid", "plugin.yaml", "title: Atlantis\n", "title: Atlantis: the island\n", "3:16", "not valid YAML"),
    Wrong("manifest-valid", "plugin.yaml", "[XA]", "XA", "6:1", "Write [XA], or - XA on a line of its own"),
    Wrong("manifest-valid", "plugin.yaml", "city: true", 'city: "true"', "14:28", "Write it without quotation marks"),
    Wrong("manifest-valid", "plugin.yaml", '["Registry of Atlantis <registry@registry.xa>"]', "\n  - Registry: Atlantis", "10:5", '"Registry: Atlantis"'),
    Wrong(
        "manifest-valid",
        "plugin.yaml",
        "\n  institutions: Atlantis keeps the milestones of this track as the core has them.",
        "",
        "10:1",
        "the line waives: out too",
    ),
    Wrong("manifest-valid", "plugin.yaml", "  register:\n", "  Register UN:\n", "16:3", "The key Register UN is not accepted: it must be lower case"),
    Wrong("manifest-valid", "plugin.yaml", "layer: country", "layer = country", "5:1", "Write layer: country"),
    Wrong("manifest-valid", "plugin.yaml", "title: Atlantis\n", 'title: "Atlantis\n', "3:8", "closed only in line"),
    Wrong("manifest-valid", "plugin.yaml", "modality: modality.yaml\n", "", "1:1", "but plugin.yaml does not name it"),
    Wrong("manifest-valid", "plugin.yaml", ", city: true", "", "12:1", "No level has city: true"),
    Wrong("manifest-valid", "plugin.yaml", "currency: USD", "currency: UDS", "8:1", "no code of a currency"),
    Wrong("manifest-valid", "plugin.yaml", "units: units.csv", "units: Units.csv", "21:1", "Did you mean units.csv"),
    Wrong("manifest-valid", "plugin.yaml", "languages: [en]", "languages: [en, zz]", "7:17", "no language"),
    Wrong("manifest-valid", "plugin.yaml", "sources:\n", "formats: {en: {dat: dd/MM/yyyy}}\nsources:\n", "15:16", "Did you mean date"),
    Wrong("manifest-valid", "plugin.yaml", "sources:\n", "formats: {en: {date: DD/MM/YYYY}}\nsources:\n", "15:16", "Did you mean dd/MM/yyyy"),
    Wrong("manifest-valid", "plugin.yaml", "sources:\n", "formats: {en: {date: dd/mm/yyyy}}\nsources:\n", "15:16", "Did you mean dd/MM/yyyy"),
    Wrong("manifest-valid", "plugin.yaml", "sources:\n", "formats: {en: {date: jj/MM/aaaa}}\nsources:\n", "15:16", "does not write a day"),
    Wrong("manifest-valid", "plugin.yaml", "sources:\n", "formats: {fr: {date: dd/MM/yyyy}}\nsources:\n", "15:11", "are used nowhere"),
    Wrong("api-range", "plugin.yaml", 'api: "1.1"', 'api: "2.0"', "1:1", "written for plugin API 2.0"),
    Wrong("api-range", "plugin.yaml", 'api: "1.1"', 'api: "1.99"', "1:1", "this sdgcities has"),
    Wrong("api-range", "plugin.yaml", 'api: "1.1"', 'api: "0.9"', "1:1", "newer version of the plugin"),
    Wrong("manifest-valid", "plugin.yaml", 'api: "1.1"', "api: 1.1", "1:1", "quotation marks"),
    Wrong("manifest-valid", "plugin.yaml", 'api: "1.1"', 'api: "one"', "1:1", "two numbers with a dot"),
    Wrong("api-range", "indicators.yaml", "    track: data\n", "", "2:5", "this ends with plugin API"),
    Wrong("maintainer-named", "plugin.yaml", 'maintainers: ["Registry of Atlantis <registry@registry.xa>"]\n', "", "1:1", "No maintainer is named"),
    Wrong("maintainer-named", "plugin.yaml", '["Registry of Atlantis <registry@registry.xa>"]', "[]", "9:1", "No maintainer is named"),
    Wrong("maintainer-named", "plugin.yaml", "registry@registry.xa", "registry@example.org", "9:15", "example.org and its like belong to nobody"),
    Wrong("maintainer-named", "plugin.yaml", '"Registry of Atlantis <registry@registry.xa>"', "TODO", "9:15", "stands for nobody"),
    Wrong("maintainer-named", "plugin.yaml", '"Registry of Atlantis <registry@registry.xa>"', "Your name <a@registry.xa>", "9:15", "stands for nobody"),
    Wrong("maintainer-named", "plugin.yaml", '"Registry of Atlantis <registry@registry.xa>"', "Registry of Atlantis", "9:15", "has no address"),
    Wrong(
        "tracks-served",
        "plugin.yaml",
        "waives:\n  institutions: Atlantis keeps the milestones of this track as the core has them.\n",
        "",
        "1:1",
        "track institutions",
    ),
    Wrong("tracks-served", "plugin.yaml", "Atlantis keeps the milestones of this track as the core has them.", "TODO", "11:3", "waived without a reason"),
    Wrong("tracks-served", "plugin.yaml", "  institutions:", "  finance:", "10:1", "track institutions"),
    Wrong("tracks-served", "plugin.yaml", "waives:\n", "waives:\n  data: We have no data.\n", "11:3", "is waived, but"),
    Wrong("tracks-served", "indicators.yaml", "    track: finance\n", "    track: data\n", "10:1", "track finance", "plugin.yaml"),
]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)
