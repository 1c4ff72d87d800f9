"""Tests of `faqbot check`: the rules, their examples, and what is printed."""
