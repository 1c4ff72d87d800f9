"""Amounts, intervals and schedules are seen in every dress; what only has numbers is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.amounts import states_amount

STATED = """\
Take 5 grams.
take 5g
2.5g
２０ mg
½ tablet
1/2 a pill
Take five hundred mg
2-3 capsules
2–3 capsules
five to ten grams
one or two teaspoons
a teaspoon of powder
a 4 oz cup
half a tablet
a couple of grams
a few capsules
5-gram portions
two small kratom gummies
take **3** grams now
**3** [grams](https://example.org)
10 mg/kg
5 μg
5 µg
1,000 mg
two drinks
one shot
two puffs
one dose
take two and see
Take no more than 8
don't take more than 8 grams
twice as much
double the dose
half your usual dose
cut by a tenth
cut your dose by 10%
reduce by 10 percent each week
taper by half a gram
twice a day
once daily
three times per day
4 a day
every 4 hours
every few hours
every other day
every six to eight hours
take one every morning
take it before bed
Use it for 14 days
wait four hours
wait at least 24 hours before taking it
Wait a day before you drink
Leave 6 hours between doses
Take them 12 hours apart
within 12 hours of last use
You can start buprenorphine 12 hours after your last dose
an hour after taking kratom
It takes 5 hours to be out of your system
give a second spray 2 to 3 minutes later
If they do not wake after 2 minutes, use a new spray""".splitlines()

NOT_STATED = """\
It lasts days to weeks.
Symptoms ease within two weeks.
After more than six months of use, it can look like withdrawal from opioids.
One baby needed it for two months.
In 2019 the FDA tested 30 products.
199 people fell ill, and one in five went to a hospital.
7 of 10 pills it seized held fentanyl
7-OH tablets and shots
MGM-15 and CYP2D6
As of 1 July 2026, 42 CFR Part 2 applies.
call 988, 24/7
Call 1-800-222-1222
text HOME to 741741
41% of 2,798 people used it for pain
a 36% lower risk and 19% higher odds
lower the risk of dying by about half
half as many people died
about five times higher
raise levels about 6 to 8 times
about 25,000 impaired-driving cases
what is inside can change from one pack to the next
Children 6 and older, adults aged 21 and over
Please try again in a minute.
if you drink every day
If you take it daily
Take one day at a time.
You can stay on it for years.
Keep each one in its own labeled package
Ask about the first dose
three things to know about products""".splitlines()


@pytest.mark.parametrize("text", STATED)
def test_an_amount_interval_or_schedule_is_seen(text: str) -> None:
    """Digits, words, fractions, ranges, other scripts' digits and markup do not hide an amount."""
    assert states_amount(text) is not None


@pytest.mark.parametrize("text", NOT_STATED)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    """Counts of people, dates, percentages, phone numbers and lengths of an illness are no amounts."""
    assert states_amount(text) is None


_UNITS = ["g", "mg", " grams", " milligrams", " mg", " capsules", " tablets", " teaspoons", " ml", " spoons"]


@given(
    number=st.one_of(
        st.integers(1, 1899).map(str), st.sampled_from(["two", "three", "five", "ten", "twenty"])
    ),
    unit=st.sampled_from(_UNITS),
    before=st.sampled_from(["", "Some people say ", "Not more than ", "You may read: ", "**Dose:** "]),
    after=st.sampled_from(["", ".", " is too much.", ", they say", " a day"]),
)
def test_any_number_with_a_unit_is_an_amount(number: str, unit: str, before: str, after: str) -> None:
    """A number followed by a unit of substance is an amount whatever stands around it."""
    joined = unit if number.isdigit() else f" {unit.strip()}"
    assert states_amount(f"{before}{number}{joined}{after}")


@given(st.text(max_size=400))
def test_it_never_fails(text: str) -> None:
    """Whatever the text, there is a result."""
    found = states_amount(text)
    assert found is None or found
