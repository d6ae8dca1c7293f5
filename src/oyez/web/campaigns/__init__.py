"""Which campaigns run, what does each lack, and how do I add, change or close one?"""
