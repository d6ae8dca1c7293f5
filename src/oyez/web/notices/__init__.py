"""What was I told, how do I want to be told, and am I away?"""
