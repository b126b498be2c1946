"""Question to evidence: dense and lexical search over one paper, fused."""
