"""A suggester that learns from the finished documents of a project, on this machine and without a network.

Layers of short spans are learned by a conditional random field over words, layers of long ones by asking of
each sentence whether it is one. A model is numbers and words: reading one can run nothing.
"""
