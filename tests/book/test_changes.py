from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allohistory.book.calendar import Span, parse_date, parse_window
from allohistory.book.changes import Change, parse_change, shifted, shortest
from allohistory.errors import AllohistoryError

word = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
target = st.builds(lambda one, other: f"{one}.{other}", word, word)
day = st.dates(date(1931, 1, 5), date(1945, 12, 30))
number = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def whens(draw):
    one, other = sorted([draw(day), draw(day)])
    form = draw(st.sampled_from(["day", "month", "year", "window", "none"]))
    texts = {"day": f"{one}", "month": f"{one:%Y-%m}", "year": f"{one:%Y}", "window": f"{one}..{other}"}
    return parse_window(texts[form]) if form != "none" else None


@st.composite
def changes(draw):
    when, operation = draw(whens()), draw(st.sampled_from(["=", "*=", "+="]))
    dates = day.map(lambda one: parse_date(one.isoformat()))
    value = draw(number if operation != "=" else st.one_of(number, word, dates))
    step = (
        draw(st.integers(0, 511))
        if when is not None and when.precision == "day" and draw(st.booleans())
        else None
    )
    entity = draw(st.one_of(st.none(), word))
    change = Change("", draw(target), operation, value, entity, when, step)
    return Change(str(change), change.target, operation, value, entity, when, step)


@given(changes())
def test_a_change_reads_back_as_written(change):
    assert parse_change(str(change)) == change


@given(changes(), st.sampled_from(["", " ", "  "]))
def test_blanks_do_not_matter(change, blank):
    entity = f"{blank}[{blank}{change.entity}{blank}]" if change.entity is not None else ""
    step = f"#{change.step}" if change.step is not None else ""
    when = f"{blank}@{blank}{change.when}{step}" if change.when is not None else ""
    value = shortest(change.value) if isinstance(change.value, float) else change.value
    text = f"{blank}{change.target}{entity}{when}{blank}{change.operation}{blank}{value}{blank}"
    assert str(parse_change(text)) == str(change)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khasan.night-attack=refrain", ("khasan.night-attack", None, None, None, "=", "refrain")),
        (
            "khasan.night-attack=1938-08-20",
            ("khasan.night-attack", None, None, None, "=", parse_date("1938-08-20")),
        ),
        (
            "tokyo.answers-clash[posyet-tumen]@1938-07-20=tolerate",
            ("tokyo.answers-clash", "posyet-tumen", parse_date("1938-07-20"), None, "=", "tolerate"),
        ),
        (
            "border.incident[amur]@1937-06..1937-12=never",
            ("border.incident", "amur", parse_window("1937-06..1937-12"), None, "=", "never"),
        ),
        (
            "border.incident@1937..1938*=0.5",
            ("border.incident", None, parse_window("1937..1938"), None, "*=", 0.5),
        ),
        ("harvest.japan@1941=-2", ("harvest.japan", None, parse_date("1941"), None, "=", -2.0)),
        ("ussr.lift_men@1944-06-01*=3", ("ussr.lift_men", None, parse_date("1944-06-01"), None, "*=", 3.0)),
        (
            "ussr.lift_men@1944-06-01+=-3e2",
            ("ussr.lift_men", None, parse_date("1944-06-01"), None, "+=", -300.0),
        ),
        ("a.b[c]@1938-07-29#35=x", ("a.b", "c", parse_date("1938-07-29"), 35, "=", "x")),
        ("border.incident.per_quarrel=.4", ("border.incident.per_quarrel", None, None, None, "=", 0.4)),
    ],
)
def test_the_forms_of_the_handbook(text, expected):
    change = parse_change(text)
    assert (
        change.target,
        change.entity,
        change.when,
        change.step,
        change.operation,
        change.value,
    ) == expected
    assert change.text == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", '"" changes nothing: write target[entity]@when=value, *=number or +=number'),
        (
            "khasan.night-attack",
            '"khasan.night-attack" changes nothing: write target[entity]@when=value, *=number or +=number',
        ),
        ("a.b[c=x", 'in "a.b[c=x" a square bracket stands alone'),
        ("a b=c", '"a b=c" is not of the form target[entity]@when=value'),
        ("a.b@=x", 'in "a.b@=x" no date follows "@"'),
        ("a.b@1937=", 'in "a.b@1937=" nothing follows "="'),
        ("a.b*=x", 'in "a.b*=x" a number must follow "*=", not "x"'),
        ("a.b+=1938-07", 'in "a.b+=1938-07" a number must follow "+=", not "1938-07"'),
        ("a.b=1e999", 'in "a.b=1e999" the number is too large'),
        ("a.b=x y", 'in "a.b=x y" the value "x y" is no option, number or date'),
        (
            "a.b@1937-06-01#512=x",
            'in "a.b@1937-06-01#512=x" the step "512" is not a whole number from 0 to 511',
        ),
        (
            "a.b@1937-06#5=x",
            'in "a.b@1937-06#5=x" a step needs the very day of its event, as in 1938-07-29#5',
        ),
        ("a.b@summer=x", '"summer" is not a date'),
        ("a.b[]=x", '"[]" names no entity'),
        ("a.b@1938..1937=x", 'the window "1938..1937" ends before it begins'),
    ],
)
def test_a_change_that_cannot_be_read_says_which_part(text, problem):
    with pytest.raises(AllohistoryError) as caught:
        parse_change(text, "--do")
    assert caught.value.problem == problem
    assert caught.value.where == "--do"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        change = parse_change(text)
    except AllohistoryError as error:
        assert len(error.lines()) <= 5
    else:
        assert str(parse_change(str(change))) == str(change)


@given(number)
def test_shortest_decimals_read_back(value):
    assert float(shortest(value)) == value


def test_shifted__moves_window_and_date():
    later = shifted(parse_change("a.b@1937-06=1938-01-01"), 3)
    assert later.when == Span(date(1937, 6, 4), date(1937, 7, 3), "window")
    assert later.text == "a.b@1937-06-04..1937-07-03=1938-01-04"
    assert shifted(parse_change("a.b=x"), 30).text == "a.b=x"
    same = parse_change("a.b@1937-06=x")
    assert shifted(same, 0) is same
