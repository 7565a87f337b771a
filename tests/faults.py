"""Faults to plant in well-made maps: an editor may well write each of them, and one rule should find it."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault to be planted in a map: nodes to be added, and text of a file to be replaced."""

    rule: str
    map: str
    node: str
    added: str = ""
    changed: tuple[str, str] = ("", "")


LAMPS, FRIDAYS, DUTY, CHESS, TEMPO = "street-lighting", "four-day-week", "vaccination-duty", "chess-opening", "tempo-30"

MORE_TIME = "".join(f"  - {{id: m{k}, by: {'lind' if k < 9 else 'okoro'}}}\n" for k in range(7, 27))
SPEECHES = ("skip: thanks the council}\n", "skip: thanks the council}\n" + MORE_TIME)
"""The next two passages are one speaker's, all others the other's."""

FAULTS = [
    # -- who argues what
    Fault(
        "accepted-contradiction",
        LAMPS,
        "switch-off",
        """
        id: keep-half-of-them-on
        kind: claim
        text: Every other lamp should burn through the night.
        source: meeting m5
        answers: should-the-lamps-go-out
        """,
    ),
    Fault(
        "attack-on-relevance",
        TEMPO,
        "leiser-ist-anderswo",
        """
        id: leiser-ist-anderswo
        kind: objection
        text: Wie laut die Autos sind, tut nichts zur Sache.
        source: leserbriefe b4
        attacks: tempo-30-ueberall
        """,
    ),
    Fault(
        "begging-the-question",
        LAMPS,
        "clearly-all-night",
        """
        id: clearly-all-night
        kind: claim
        text: The lamps clearly should burn all night, just as they do now.
        source: meeting m2
        supports: keep-them-on
        """,
    ),
    Fault(
        "circular-support",
        LAMPS,
        "half-the-bill",
        changed=(
            "source: meeting m1\nanswers: should-the-lamps-go-out\n",
            "source: meeting m1\nsupports: half-the-bill\nanswers: should-the-lamps-go-out\n",
        ),
    ),
    Fault(
        "compatible-answers",
        LAMPS,
        "cheap-or-dear",
        """
        id: cheap-or-dear
        kind: question
        text: Are sensors for thirty lamps cheap or dear to fit?
        in_context_of: motion-sensors
        ---
        id: sensors-are-cheap
        kind: claim
        text: Sensors come with every new lamp.
        source: meeting m5
        answers: cheap-or-dear
        ---
        id: sensors-need-an-electrician
        kind: claim
        text: Each sensor takes an electrician two hours.
        source: meeting m4
        answers: cheap-or-dear
        """,
    ),
    Fault(
        "denied-conclusion",
        LAMPS,
        "dark-streets-are-unsafe",
        """
        id: money-is-short
        kind: reply
        text: The lamps have become dear, and half of their cost could be saved.
        source: meeting m4
        concedes: [half-the-bill, bill-has-doubled]
        """,
    ),
    Fault(
        "friendly-fire",
        LAMPS,
        "most-walk-by-day",
        """
        id: most-walk-by-day
        kind: reply
        text: Hardly anybody has to walk through the village after midnight.
        source: meeting m3
        attacks: switch-off
        replies_to: dark-streets-are-unsafe
        """,
    ),
    Fault(
        "given-up-target",
        TEMPO,
        "busse-haben-vorrang",
        """
        id: busse-haben-vorrang
        kind: objection
        text: Eigene Spuren machen Busse schneller als jede Höchstgeschwindigkeit.
        source: leserbriefe b5
        attacks: busse-werden-langsamer
        """,
        changed=("  - {id: b4, by: sorg}\n", "  - {id: b4, by: sorg}\n  - {id: b5, by: hanke}\n"),
    ),
    Fault(
        "granted-reasons",
        FRIDAYS,
        "wages-would-rise",
        """
        id: others-kept-it
        kind: reply
        text: Most of the firms did keep the short week.
        source: letters n5
        concedes: firms-kept-the-short-week
        ---
        id: wages-would-rise
        kind: objection
        text: Full pay for four days is a rise in wages that the workshop cannot afford.
        source: letters n5
        attacks: close-on-fridays
        """,
    ),
    Fault(
        "hidden-attack",
        CHESS,
        "pieces-are-overlooked",
        """
        id: plans-come-later
        kind: reply
        text: Plans are for players who no longer lose a piece in every game.
        source: column c3
        replies_to: d4
        ---
        id: pieces-are-lost-for-want-of-plans
        kind: reply
        text: Pieces are lost by players who have no plan.
        source: column c4
        replies_to: plans-come-later
        ---
        id: pieces-are-overlooked
        kind: reply
        text: Most lost pieces were simply overlooked.
        source: column c5
        replies_to: pieces-are-lost-for-want-of-plans
        """,
        changed=("  - {id: c4, by: viktor}\n", "  - {id: c4, by: viktor}\n  - {id: c5, by: anna}\n"),
    ),
    Fault(
        "idle-premise",
        LAMPS,
        "half-the-bill",
        changed=(
            "as two years ago.\nsource: meeting m1\n",
            "as two years ago.\nsource: meeting m1\ncertainty: mentioned\n",
        ),
    ),
    Fault(
        "relying-on-conceded",
        TEMPO,
        "fahrplan-bricht",
        """
        id: fahrplan-bricht
        kind: claim
        text: Fahrpläne sind auf die heutigen Fahrzeiten gebaut.
        source: leserbriefe b5
        supports:
          - to: hauptstrassen-ausnehmen
            with: busse-werden-langsamer
        """,
        changed=("  - {id: b4, by: sorg}\n", "  - {id: b4, by: sorg}\n  - {id: b5, by: sorg}\n"),
    ),
    Fault(
        "straw-man",
        DUTY,
        "outbreaks-were-real",
        """
        id: influenza-is-harmless
        kind: claim
        text: Influenza harms nobody.
        source: hearing h3
        certainty: mentioned
        in_context_of: may-staff-be-required
        ---
        id: outbreaks-were-real
        kind: objection
        text: Eleven residents were taken to hospital last winter.
        source: hearing h3
        attacks: influenza-is-harmless
        """,
    ),
    Fault(
        "support-and-attack",
        LAMPS,
        "sensors-cost-more",
        changed=("attacks: motion-sensors", "supports: motion-sensors\nattacks: motion-sensors"),
    ),
    Fault(
        "support-of-denied",
        LAMPS,
        "dark-streets-are-unsafe",
        """
        id: stars-can-be-seen
        kind: claim
        text: Without lamps one sees the stars.
        source: meeting m4
        supports: switch-off
        """,
    ),
    Fault(
        "thinly-mapped",
        LAMPS,
        "meeting",
        """
        id: night-buses
        kind: claim
        text: The last bus comes at one.
        source: [meeting m7, meeting m8]
        supports: keep-them-on
        ---
        id: long-speech
        kind: claim
        text: Other parishes save money in the same way.
        source: [meeting m9, meeting m10, meeting m11, meeting m12, meeting m13, meeting m14, meeting m15, meeting m16, meeting m17,
          meeting m18, meeting m19, meeting m20, meeting m21, meeting m22, meeting m23, meeting m24, meeting m25, meeting m26]
        supports: switch-off
        """,
        changed=SPEECHES,
    ),
    Fault(
        "undercut-of-an-end",
        LAMPS,
        "few-walk",
        """
        id: few-walk
        kind: objection
        text: Nurses and bakers do not walk to work and back while most people sleep.
        source: meeting m3
        undercuts: shift-workers-walk-home -> keep-them-on
        """,
    ),
    Fault(
        "unopposed-thesis",
        DUTY,
        "may-not-require",
        changed=(
            "kind: objection\ntext: A condition of employment leaves vaccination voluntary.\nsource: hearing h3\nundercuts: bodies-are-ones-own -> may-not-require\n",
            "kind: claim\ntext: A condition of employment leaves vaccination voluntary.\nsource: hearing h3\nsupports: may-require\n",
        ),
    ),
    Fault(
        "objection-left",
        CHESS,
        "theory-decides-king-pawn-games",
        changed=("attacks: e4\ntags: open\n", "attacks: e4\n"),
    ),
    # -- how it is worded
    Fault(
        "bare-pronoun",
        TEMPO,
        "kinder-ueberleben",
        changed=(
            "Ein Kind, das mit 30 statt mit 50 angefahren wird, überlebt weit öfter.",
            "Sie überleben weit öfter, wenn sie mit 30 statt mit 50 angefahren werden.",
        ),
    ),
    Fault(
        "doubled-hedge",
        LAMPS,
        "half-the-bill",
        changed=("Five hours of darkness would save", "Perhaps five hours of darkness would save"),
    ),
    Fault(
        "duplicate-text",
        CHESS,
        "nobody-falls-for-early-mates",
        """
        id: anna-on-early-mates
        kind: reply
        text: Who begins with the queen's pawn, is not mated in ten moves!
        source: column c3
        concedes: nobody-falls-for-early-mates
        """,
    ),
    Fault(
        "duplicate-title",
        CHESS,
        "queen-waits",
        """
        id: queen-waits
        kind: claim
        title: The queen's pawn
        text: Behind its pawn the queen stays out of trouble.
        source: column c2
        supports: d4
        """,
    ),
    Fault(
        "equivocation",
        LAMPS,
        "safe-as-few-are-robbed",
        """
        id: safe-as-few-are-robbed
        kind: claim
        text: Where so few people are robbed, streets are safe.
        source: meeting m3
        supports: safe-enough-to-walk
        terms: safe/few-crimes
        ---
        id: safe-enough-to-walk
        kind: claim
        text: Whoever has to go out at night finds the streets safe.
        source: meeting m3
        supports: switch-off
        terms: safe/feels-safe
        """,
    ),
    Fault(
        "first-person",
        FRIDAYS,
        "customers-come-on-fridays",
        changed=("A third of the customers bring", "I think a third of the customers bring"),
    ),
    Fault(
        "long-quotation",
        DUTY,
        "bodies-are-ones-own",
        changed=(
            "What is put into a body is for the person whose body it is to decide.",
            '>-\n  "Nobody who works in this house, at whatever hour and for whatever wage, shall ever be asked to have anything put into\n  their arm that they have not freely asked for themselves".',
        ),
    ),
    Fault(
        "misquotation",
        FRIDAYS,
        "firms-were-content",
        """
        id: firms-were-content
        kind: claim
        text: The firms found that output "rose by a tenth everywhere".
        by: edda
        source: trial t1
        supports: firms-kept-the-short-week
        """,
        changed=(
            "date: 2023-02-01\n",
            "date: 2023-02-01\npassages:\n  - id: t1\n    text: In nine firms of ten output rose or stayed the same.\n",
        ),
    ),
    Fault(
        "near-duplicate",
        LAMPS,
        "reports-stay-low",
        """
        id: reports-stay-low
        kind: objection
        text: Reports of crime stay low in part because afraid people no longer go out at night.
        source: meeting m4
        undercuts: crime-did-not-rise-next-door -> dark-streets-are-unsafe
        """,
    ),
    Fault(
        "opening-connective",
        LAMPS,
        "crime-did-not-rise-next-door",
        changed=("In the next parish, which", "But in the next parish, which"),
    ),
    Fault(
        "question-as-statement",
        FRIDAYS,
        "four-hours-do-not-make-five",
        changed=(
            "No mechanic repairs in four days what takes five.",
            "What mechanic repairs in four days what takes five?",
        ),
    ),
    Fault(
        "reported-speech",
        CHESS,
        "open-games-teach-tactics",
        changed=("Open games are won", "Anna says that open games are won"),
    ),
    Fault(
        "statement-as-question",
        LAMPS,
        "should-the-lamps-go-out",
        changed=(
            "Should the street lamps of the parish be switched off between midnight and five?",
            "The street lamps of the parish after midnight.",
        ),
    ),
    Fault(
        "two-assertions",
        DUTY,
        "masks-are-worn-badly",
        changed=(
            "Over a shift of eight hours hardly anybody wears a mask as it has to be worn.",
            "Masks are hot. Hardly anybody wears one as it has to be worn.",
        ),
    ),
    Fault(
        "undefined-term",
        TEMPO,
        "freie-fahrt-fuer-wen",
        """
        id: freie-fahrt-fuer-wen
        kind: objection
        text: Von „freier Fahrt“ haben Kinder auf dem Schulweg nichts.
        source: leserbriefe b3
        attacks: hauptstrassen-ausnehmen
        ---
        id: freie-fahrt-hiess-nie-rasen
        kind: reply
        text: Mit „freier Fahrt“ ist auf den Hauptstraßen niemand schneller als 50.
        source: leserbriefe b4
        qualifies: freie-fahrt-fuer-wen
        """,
    ),
]
