"""A debate in a language that is written from right to left and has no catalogue of its own."""

from __future__ import annotations

DEBATE = """
## kb.yaml
title: סוכנים ומדמים
description: האם מודל שפה הוא סוכן, או רק מדמה סוכנים? שתי תשובות, וההתנגדויות להן.
language: he
main: [what-is-a-model]
## participants/dana.yaml
name: דנה לוי
role: כותבת המאמר
## participants/bob.yaml
name: Bob (GPT-4 team)
## sources/talk.yaml
title: שיחה על מודלים
type: שיחה
date: 2023-04-01
passages:
  - {id: c1, by: dana}
  - {id: c2, by: bob, replies_to: c1}
  - {id: c3, by: dana, replies_to: c2}
  - {id: c4, by: bob, replies_to: c3}
## terms/agent.yaml
term: סוכן
senses:
  - {id: goals, text: "מי שפועל למען מטרה משלו.", by: dana, source: talk c1}
## models/topic.yaml
title: מודלים
description: מה מודל שפה הוא.
## models/nodes.yaml
id: what-is-a-model
kind: question
title: מהו מודל שפה?
text: האם מודל שפה הוא סוכן, מדמה, או סוכן שמשתמש במדמה?
source: talk c1
---
id: a-simulator
kind: claim
title: מודל הוא מדמה
text: מודל שפה (כמו GPT-4) הוא מדמה, והדמויות שבו אינן המודל עצמו.
source: talk c1
answers: what-is-a-model
terms: [agent/goals]
tags: [יסודות]
note: הנוסח קוצר.
---
id: an-agent
kind: objection
title: מודל הוא סוכן
text: GPT-4 הוא סוכן, שכן הוא פועל למען מטרה אחת בכל השיחה.
source: talk c2
certainty: tentative
answers: what-is-a-model
attacks: a-simulator
---
id: trained-on-many
kind: claim
title: אומן על רבים
text: המודל אומן על טקסטים של אנשים רבים, ולכן הוא מדמה רבים.
source: talk c1
supports: a-simulator
---
id: many-is-no-reason
kind: objection
title: רבים אינם סיבה
text: מכך שאומן על רבים לא נובע שהוא מדמה רבים!
source: talk c2
undercuts: trained-on-many -> a-simulator
---
id: prompts-show-it
kind: reply
title: ההנחיות מראות זאת
text: כל הנחיה מעלה דמות אחרת, וזה בדיוק מה שמדמה רבים עושה.
source: talk c3
attacks: many-is-no-reason
---
id: no-goal
kind: reply
title: אין מטרה אחת
text: למודל אין מטרה אחת; המטרה היא של הדמות.
source: talk c3
attacks: an-agent
---
id: the-last-word
kind: reply
title: GPT-4 keeps its goal
text: המטרה נשמרת גם כשהדמות מתחלפת.
source: talk c4
attacks: no-goal
"""
