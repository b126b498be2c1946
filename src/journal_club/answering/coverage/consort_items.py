"""CONSORT items beside the methods: who knew the treatment, who paid, why a trial was done, how many it has, what follows and for whom.

A word that tells an item is one that any field of medicine uses for it.
Source: Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, items 2a, 11a, 13a, 21, 22, 25.
"""

import re

from journal_club.answering.coverage.conclusions import is_conclusion
from journal_club.answering.coverage.consort_item import Item, any_of, saying
from journal_club.answering.coverage.fields import field_of

__all__ = ["ITEMS"]

_STAFF = r"(?:doctors?|clinicians?|physicians?|staff|investigators?|researchers?|nurses|raters|assessors?|surgeons?|therapists?)"
_PEOPLE = rf"(?:patients?|participants?|people|volunteers?|parents|they|anyone|anybody|everyone|everybody|{_STAFF})"
_STUDY = r"(?:study|trial|research|experiment|investigation|work|this|it)"
_ASKERS = r"(?:authors?|researchers?|investigators?|scientists?|team|writers?|they|paper|study|trial)"
_GAP = (
    r"set up (?:because|to|since)",
    r"(?:had|has|have) (?:not|never) (?:yet |previously )?been (?:\w+ )?(?:tested|studied|shown|established|examined)",
    r"(?:had|has|have) (?:not|never) (?:yet |previously )?been (?:\w+ )?(?:compared|evaluated|reported)",
    r"(?:never|not) (?:yet )?been (?:put to|subjected to|the subject of)",
    r"had not been",
    r"unknown|unclear|uncertain|undetermined|unresolved|by analogy|gap|motivated|prompted|unmet need",
    r"no (?:[\w-]+ ){0,5}(?:exist(?:s|ed)|(?:was|were|is|are) available)",
    r"(?:few|little|no|limited|lack of|scarce) (?:[\w-]+ ){0,3}(?:data|evidence|trials?|studies)",
    r"remain(?:s|ed)? (?:to be|high|poor|unmet|a (?:challenge|problem))",
)
_AIM = (
    r"aim(?:s|ed)?|objectives?|purpose|goal|rationale",
    r"(?:conducted|designed|undertaken|performed|carried out|sought|set out) to",
    r"to (?:find out|test|determine|assess|evaluate) (?:whether|if)",
    r"we (?:\w+ )?(?:hypothesi[sz]ed|wondered|asked)",
)
_CONCLUDES = (
    rf"{_ASKERS}\b[^.;]{{0,40}}\b(?:conclud|recommend|suggest|advis|argu|propos)\w*",
    r"we (?:conclude|recommend|suggest|propose)",
    r"in conclusion",
)
_ADVISES = (
    r"(?:should|could|can|may) (?:now |therefore |also )?be (?:considered|offered|used|recommended|preferred|regarded)",
    r"reasonable|new standard|first choice|preferred",
    r"(?:supports?|favou?rs?|justif\w+) (?:the |its |their )?(?:routine |early |earlier )?(?:use|adoption|practice)",
    r"(?:an?|the) (?:\w+ )?option",
)
_RANDOMIZED = re.compile(
    r"\b\d[\d,]+ (?:[\w-]+ ){0,3}(?:(?:were|was) )?(?:randomi[sz]ed|randomly|assigned|enrol\w+|recruited|included)\b"
    r"|\b(?:randomi[sz]ed|enrol\w+|recruited|assigned) (?:a total of )?\d[\d,]+\b|^\W*sample\W+\d",
    re.IGNORECASE,
)
_BLINDING = Item(
    asked=any_of(
        rf"{_PEOPLE}\b[^?]{{0,30}}\b(?:know|knew|known|aware|told|tell|guess\w*|find out)\b[^?]{{0,30}}\b(?:which|what|whether|who|if)\b"
        r"[^?]{0,60}\b(?:get|gets|getting|got|receiv\w+|given|taking|took|treatments?|drugs?|arms?|groups?|dummy|placebo|real|on)"
    ),
    told=saying(
        any_of(r"blind\w*|mask(?:ed|ing)|open[- ]label|unblind\w+|unaware|sham|knew|matching placebo|identical"),
    ),
    best=any_of(r"(?:double|single|triple)[- ](?:blind|mask)\w*|open[- ]label|neither|not (?:blinded|masked)|unblind\w*"),
)
_FUNDING = Item(
    asked=any_of(
        r"fund(?:ed|ing|er|ers|s)|sponsor(?:s|ed|ship)?|bankroll\w*|financed",
        r"who (?:paid|pays)",
        rf"(?:paid|pay|money) (?:for|came|come|behind)\b[^?]{{0,20}}\b{_STUDY}",
        r"where did the money",
    ),
    told=saying(
        any_of(r"fund(?:ed|ing|er|ers)|sponsor\w*|(?:financially )?supported (?:\w+ )?by|paid (?:for )?by|paid for|financed|grants?"),
    ),
    best=any_of(r"(?:fund|sponsor|support|financ|paid)\w*(?: for| in part| entirely| solely)? by|funding|paid for"),
)
_ROLE_OF_FUNDER = Item(
    asked=any_of(
        r"(?:funders?|sponsors?|compan(?:y|ies)|manufacturers?|makers?|industry|firms?)\b[^?]{0,50}"
        r"\b(?:say|role|part in|involve\w*|influence\w*|input|hand in|control|interfere\w*|access|free hand|contribut\w+"
        r"|suppl\w+|donat\w+)",
        r"role of the (?:funders?|sponsors?|company|companies|manufacturers?|funding)",
    ),
    told=saying(
        any_of(
            r"(?:no|any|little|limited|a|its) (?:\w+ )?(?:role|part|say|involvement|influence|input)\b[^.;]{0,80}"
            r"\b(?:design|analy\w+|conduct|publi\w+|writ\w+|data|decision|study|trial|report\w*)",
            r"(?:donated|supplied|provided|lent|paid for) (?:the )?(?:\w+ ){0,4}(?:placebo|drugs?|medication|devices?|funding|support)",
            r"(?:designed|sponsored|funded|supported|conducted|analy[sz]ed) (?:\w+ ){0,3}by the (?:sponsor|manufacturer|company)",
        )
    ),
    best=any_of(r"role|say|involve\w+|influence|input"),
)
_RATIONALE = Item(
    asked=any_of(
        rf"why (?:did|would) (?:they|the \w+|any(?:one|body)|researchers|investigators|doctors|scientists)\b[^?]{{0,12}}"
        rf"\b(?:do|doing|bother|run|carry out|conduct|set up|start|need|want|undertake|perform)\b[^?]{{0,20}}\b{_STUDY}\W*$",
        rf"why (?:was|were|is) (?:the |this |a |such a )?(?:\w+ )?{_STUDY}\b[^?]{{0,12}}"
        r"\b(?:done|conducted|performed|run|carried out|undertaken|needed|set up|started|necessary|launched)\W*$",
        rf"(?:what|which) (?:gap|question|deficienc\w+|uncertaint\w+|shortcoming|need|problem)\b[^?]{{0,60}}\b{_STUDY}\b[^?]{{0,20}}"
        r"\b(?:address|fill|answer|clos|resolv|tackl|meet|settl)\w*\W*$",
        r"what (?:gap|question) (?:in \w+ )?(?:was|were|did|does) (?:the|this|it)",
        r"what (?:prompted|motivated|led to) (?:the|this)",
    ),
    told=saying(any_of(*_GAP, *_AIM)),
    best=any_of(*_GAP),
    nowhere=re.compile("limitation|bottom|result|finding|conclusion|significance", re.IGNORECASE),
)
_CONCLUSION = Item(
    asked=any_of(
        rf"{_ASKERS}\b[^?]{{0,20}}\b(?:conclu\w+|recommend\w*)",
        rf"what (?:\w+ )?(?:is|was|were|are) (?:the |their )?{_ASKERS}?(?:['’]s?)? ?(?:overall |main |final |own )?conclusions?",
        rf"what (?:do|did|does) (?:the )?{_ASKERS}\b[^?]{{0,12}}\b(?:think|say|suggest|advise|believe|reckon|propose)\b[^?]{{0,40}}"
        r"\b(?:should|ought|do now|next|used for|practice)",
        rf"(?:for|in|to) (?:whom|which|what)\b[^?]{{0,30}}\b{_ASKERS}\b[^?]{{0,20}}"
        r"\b(?:recommend|consider|regard|advis|suggest|favou?r|reserv|endors|propos|think|support)\w*",
    ),
    told=lambda unit: is_conclusion(unit) or any_of(*_CONCLUDES, *_ADVISES).search(unit.text) is not None,
    best=any_of(*_CONCLUDES),
)
_SAMPLE = Item(
    asked=re.compile(
        r"^\W*(?:and )?how many (?:people|patients|participants|subjects|volunteers|individuals)\b(?: in total| altogether)?\s+(?:\w+\s+)?"
        r"\b(?:took part|take part|taking part|participated|joined|enrol\w+|randomi[sz]ed|recruited|included|were (?:in|there))\b"
        r"(?:(?:\s+(?:in|of|the|this|whole))*\s+(?:study|trial|altogether|total|overall|all))?\W*(?:$|and how\b)"
        r"|\bhow (?:big|large) was (?:the|this) (?:study|trial)\W*$",
        re.IGNORECASE,
    ),
    told=lambda unit: field_of(unit.passage) == "sample" or _RANDOMIZED.search(unit.text) is not None,
    best=_RANDOMIZED,
    counted=True,
)
_TRANSFER = Item(
    asked=any_of(
        r"generali[sz]ab\w+|external validity|underrepresented|representative",
        r"(?:appl(?:y|ies|icable)|transfer\w*|extend\w*|generali[sz]e\w*)\b[^?]{0,40}\b(?:other|elsewhere|beyond|outside|everyone|my|our)",
    ),
    told=saying(
        any_of(
            r"may not (?:\w+ )?(?:apply|extend|generali[sz]e|hold|transfer)|generali[sz]ab\w+|external validity|under-?represented",
            r"(?:without|lacking) (?:one|such|them)|other (?:settings|hospitals|centres|centers|populations|countries)"
            r"|made up (?:only )?\d+%",
        )
    ),
    best=any_of(r"may not|generali[sz]ab\w+|external validity|without one|under-?represented"),
)
ITEMS = (_BLINDING, _FUNDING, _RATIONALE, _CONCLUSION, _SAMPLE, _ROLE_OF_FUNDER, _TRANSFER)
"""These items, in the order in which they are asked."""
