"""Small tools that know nothing of the house: fetching, time, text, sealing, ids."""
