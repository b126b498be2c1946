"""Endpoints that speak the OpenAI protocol, and the models that live in this process. The one door to openai."""
