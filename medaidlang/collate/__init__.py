"""The rules held against the printed document, for whoever has its text.

Takes the pack and the text, gives clause by clause what stands in both and what does
not.  The text is read, compared and forgotten: nothing of it is kept but digests.
"""
