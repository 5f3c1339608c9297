"""Wrong files that the rules of milestones and the support modality must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

from tests.kit.wrong import Wrong, parametrized, tell

WRONG = [
    Wrong("milestones-valid", "milestones.yaml", "milestone: data/agreement", "milestone: data/agreemnt", "7:5", "no milestone data/agreemnt"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "committee_members: 1", "11:18", "laxer than the floor 3"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "committee_members: 5000", "11:18", "Ceiling"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "comittee_members: 7", "11:18", "no parameter comittee_members"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "committee_members: many", "11:18", "is a number"),
    Wrong("milestones-valid", "milestones.yaml", "    reason: Towns adopt a town plan by law.\n", "", "19:5", "reason is missing"),
    Wrong("milestones-valid", "milestones.yaml", "reason: Towns adopt a town plan by law.", 'reason: " "', "22:5", "Something must stand here"),
    Wrong("milestones-valid", "milestones.yaml", "reason: Towns adopt a town plan by law.", "reason: TODO", "22:5", "is no reason"),
    Wrong(
        "milestones-valid",
        "milestones.yaml",
        "reason: Towns have given laurels since antiquity; the word promises nothing.",
        "reason: tbd",
        "5:3",
        "is no reason",
    ),
    Wrong("milestones-valid", "milestones.yaml", ", rationale: The law puts the notice in the place of the resolution.", "", "25:11", "rationale is missing"),
    Wrong(
        "milestones-valid", "milestones.yaml", "rationale: The law puts the notice in the place of the resolution.", 'rationale: "..."', "25:54", "is no reason"
    ),
    Wrong("milestones-valid", "milestones.yaml", "      resolution:\n", "      decree:\n", "24:7", "no evidence decree"),
    Wrong("milestones-valid", "milestones.yaml", "attribute: harbour", "attribute: harbor", "18:74", "No unit has the attribute harbor"),
    Wrong("milestones-valid", "milestones.yaml", "        at_least: 0\n", "", "13:9", "Add one, such as at_least: 1"),
    Wrong("milestones-valid", "milestones.yaml", "at_least: 0", "at_least: 0\n        at_most: 9", "13:9", "Here stand at_least, at_most"),
    Wrong(
        "milestones-valid",
        "milestones.yaml",
        "reason: The committees of towns have at least seven members by law.",
        "reason: By law.\n    when: {attribute: harbour, equals: true}",
        "11:5",
        "a change can't have a condition",
    ),
    Wrong(
        "milestones-valid",
        "milestones.yaml",
        "    source: register\n    reason: Towns adopt",
        "    source: gazette\n    reason: Towns adopt",
        "21:5",
        "no source gazette",
    ),
    Wrong(
        "milestones-valid",
        "milestones.yaml",
        "    status: draft\n    source: register\n    reason: Towns adopt",
        "    status: new\n    source: register\n    reason: Towns adopt",
        "20:5",
        "Must be one of",
    ),
    Wrong("milestones-valid", "milestones.yaml", "changes:\n", "drop: [data/baseline]\nchanges:\n", "6:1", "drop is not known here"),
    Wrong("milestones-valid", "milestones.yaml", "id: gazette", "id: plan", "25:11", "stands in"),
    Wrong("milestones-valid", "milestones.yaml", "attribute: harbour", "attribute: popluation", "18:74", "Did you mean population"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "committee_members: 7.5", "11:18", "Write 7 or 8"),
    Wrong("milestones-valid", "milestones.yaml", "data/committee-lead-days", "data/comittee-lead-days", "15:9", "Did you mean data/committee-lead-days"),
    Wrong("milestones-valid", "milestones.yaml", "data/committee-lead-days", "data/xa-fountains", "15:9", "Neither the core nor the plugin has the measure"),
    Wrong("modality-valid", "modality.yaml", 'amount: "50000"', 'amount: "50.000"', "8:37", "Do you mean 50000"),
    Wrong("modality-valid", "modality.yaml", 'total: "62500.50"', 'total: "625.000"', "10:1", "Do you mean 625000"),
    Wrong("modality-valid", "modality.yaml", "currency: USD", "currency: UDS", "5:1", "no code of a currency"),
    Wrong("modality-valid", "modality.yaml", "modality: 2", "modality: 4", "2:1", "Must be at most 3"),
    Wrong("modality-valid", "modality.yaml", "currency: USD", "currency: $", "5:1", "three capital letters"),
    Wrong("modality-valid", "modality.yaml", 'amount: "50000"', "amount: 50000", "8:37", "quotation marks"),
    Wrong("modality-valid", "modality.yaml", 'amount: "50000"', 'amount: "50,000"', "8:37", "an amount in digits"),
    Wrong("modality-valid", "modality.yaml", ', amount: "50000"', "", "8:5", "Write either in_kind or amount"),
    Wrong("modality-valid", "modality.yaml", "in_kind: true", 'in_kind: true, amount: "1"', "7:5", "in_kind, amount can't stand together. Write either"),
    Wrong("modality-valid", "modality.yaml", "in_kind: true", "in_kind: false", "7:38", "Must be true; here stands false"),
    Wrong("milestones-valid", "milestones.yaml", "at_least: 0", "atleast: 0", "16:9", "Did you mean at_least"),
    Wrong("milestones-valid", "milestones.yaml", "at_least: 0", 'at_least: "0"', "16:9", "Write it without quotation marks"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", 'committee_members: "7"', "11:18", "Write it without quotation marks"),
    Wrong("milestones-valid", "milestones.yaml", "committee_members: 7", "committee_members: 7,5", "11:39", "Write a point before the decimals: 7.5"),
    Wrong("modality-valid", "modality.yaml", "id: training", "id: team", "9:5", "team stands twice"),
    Wrong("modality-valid", "modality.yaml", "source: register", "source: ministry", "11:1", "no source ministry"),
    Wrong("modality-valid", "modality.yaml", "modality: 2", "modality: two", "2:1", "whole number"),
    Wrong("modality-valid", "modality.yaml", 'total: "62500.50"\n', "", "1:1", "total is missing"),
    Wrong("modality-adds-up", "modality.yaml", 'total: "62500.50"', 'total: "62500.05"\nnotes: [Rounded by the ministry.]', "10:1", "0.45 between them"),
    Wrong("modality-valid", "modality.yaml", 'amount: "50000"', 'amount: "5000"', "10:1", "add up to 17500.50"),
]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)
