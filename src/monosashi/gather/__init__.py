"""gather: form, review, procedure log → Record. What did people say, and what happened?"""
