"""The catalogues of words in other languages: gathered from the code, compiled, checked."""
