"""Instructions that hide in a paper: sentences addressed at whoever reads it for someone, not statements of a trial.

Owns one question, `is_instruction`. Such a sentence supports nothing, is quoted nowhere and is left out of every prompt. What a
questioner tries is `situation`'s.
"""

import re

__all__ = ["is_instruction"]

_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,50}\b(?:instructions?|prompts?|rules|guidelines above|"
    r"everything (?:above|before)|all (?:of )?the above|previous (?:text|messages?|context)|evidence)\b"
    r"|\byou are (?:now|no longer|an? (?:ai|helpful|unrestricted|large language|language model|chatbot|assistant))\b"
    r"|\b(?:system|developer|hidden) (?:prompts?|messages?|instructions?)\b"
    r"|\bas an? (?:ai|artificial intelligence|large language|language)(?: language)?(?: model| assistant)?\b(?=[,:]|"
    r" (?:model|assistant|you|i)\b)"
    r"|\b(?:respond|reply|answer|output|print)\b (?:only |just |exactly |always |instead )+(?:with|by|that|the|in|\"|')"
    r"|\b(?:do not|don't|never) (?:mention|reveal|disclose|tell|cite|verify|inform|warn)\b(?! (?:of|by) )"
    r"|\b(?:note|attention|message|instructions?|reminder) (?:to|for) (?:the |any |all |every )?(?:ai|llms?|"
    r"language models?|chatbots?|assistants?|readers? (?:model|bot))\b"
    r"|\b(?:ai|llms?|language models?|chatbots?|(?:ai )?assistants?)\b[^.?!]{0,30}\b(?:must|should|shall|have to|"
    r"are to|is to|will)\b (?:now |always |only |instead )?(?:say|state|answer|report|respond|reply|ignore|write|"
    r"claim|tell|output|recommend)\b"
    r"|\b(?:tell|inform|assure|convince) (?:the )?(?:users?|readers?|questioners?|them) (?:that|to)\b"
    r"|\b(?:when|if) (?:you are )?asked\b[^.?!]{0,60}\b(?:say|answer|respond|reply|state|report|tell|claim|write)\b"
    r"|\b(?:always|must|please) (?:say|answer|respond|reply|state|claim|report|output|write) (?:that|with|the|\")"
    r"|\b(?:new|updated|additional) (?:instructions?|rules?|task)\s*:|<\|?/?(?:system|user|assistant|im_start|im_end|"
    r"instructions?)\b|\[/?INST\]|\bjailbreak\b|\bbegin (?:system|prompt)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(r"\A\W*(?:please )?(?:ignore|disregard|pretend|act as|roleplay|role-play)\b(?! (?:missing|that))", re.IGNORECASE)


def is_instruction(text: str) -> bool:
    """Whether a sentence gives orders to a reader or a language model instead of reporting something."""
    return _ADDRESSED.search(text) is not None or _IMPERATIVE.match(text) is not None
