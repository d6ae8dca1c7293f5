"""English or Welsh: which language each page speaks, and the choice at its foot."""
