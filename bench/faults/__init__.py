"""What we promise, tried hard: one module for each row of the proof run, each telling one line of
JSON. `./run bench faults --rows 1,2 --seed 7`.
"""
