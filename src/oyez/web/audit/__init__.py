"""Who did what, when, why, and by which rule? And is the record of it whole?"""
