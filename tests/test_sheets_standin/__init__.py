"""Does the stand-in behave as Google was seen to?"""
