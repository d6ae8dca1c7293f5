"""Who is here, what may each do, and who is let in or goes?"""
