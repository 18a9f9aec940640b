"""Every command on the small scenario: what it prints, its JSON, its exit code."""

from __future__ import annotations

import json

import pytest

from allohistory.cli.main import main

WAR = ["--scenario", "smallwar"]
HEAD = [
    "format",
    "command",
    "scenario",
    "version",
    "model",
    "question",
    "timelines",
    "seed",
    "luck",
    "seconds",
    "again",
]


@pytest.fixture
def run(small, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words):
        code = main([words[0], *WAR, *words[1:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_ask__prints_question_numbers_chain_and_command(run):
    code, out, _ = run("ask", "--pod", "struck-in-1932", "--timelines", "100")
    assert code == 0
    for words in (
        "Suppose: The capital strikes in 1932 (3 March 1932; struck-in-1932).",
        "War: the capital strikes after a clash",
        "without it",
        "nothing but the rules, from 1931",
        "The chain to war, link by link",
        "What it hangs on",
        "again:     allohistory ask --scenario smallwar --pod struck-in-1932 --timelines 100",
    ):
        assert words in " ".join(out.split()) or words in out


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_pages_fit_the_window(run, monkeypatch, columns):

    monkeypatch.setenv("COLUMNS", columns)
    for words in (
        ["pods"],
        ["record"],
        ["outcomes"],
        ["replay"],
        ["record", "--check"],
        ["pods", "struck-in-1932"],
    ):
        for line in run(*words)[1].splitlines():
            assert len(line) <= int(columns) + 20 * ("allohistory" in line), line
    out = run("ask", "--pod", "struck-in-1932", "--timelines", "100")[1]
    long = [line for line in out.splitlines() if len(line) > int(columns)]
    assert all(line.startswith(("again:", "read one:")) for line in long), long


def test_ask__json_is_the_answer_and_nothing_else(run):
    code, out, _ = run("ask", "--json", "--timelines", "50")
    answer = json.loads(out)
    assert code == 0
    assert list(answer)[: len(HEAD)] == HEAD


def test_ask__again_gives_the_same_answer(run):
    import shlex

    first = json.loads(run("ask", "--json", "--timelines", "60", "--do", "state.temper@1932-02-01+=1")[1])
    words = shlex.split(first["again"])[2:]
    words = [word for word in words if word not in WAR]
    second = json.loads(run("ask", "--json", *words)[1])
    first.pop("seconds"), second.pop("seconds")
    assert first == second


def test_ask__out(run, tmp_path):
    code, _out, err = run("ask", "--timelines", "50", "--out", str(tmp_path / "run"))
    assert code == 0
    held = {one.name for one in (tmp_path / "run").iterdir()}
    assert held >= {"answer.json", "manifest.json", "parts", "journal.jsonl"} and "work" not in held
    assert f"written: {tmp_path / 'run'} (answer.json, and every timeline in parts)" in err


def test_ask__out_that_is_a_file(run, tmp_path):
    (tmp_path / "file").write_text("mine")
    code, out, err = run("ask", "--timelines", "50", "--out", str(tmp_path / "file"))
    assert (code, out) == (2, "")
    assert err.startswith(f"error: --out {tmp_path / 'file'}: is a file, not a folder")
    assert (tmp_path / "file").read_text() == "mine"


def test_ask__a_full_disk(run, tmp_path, monkeypatch):
    import errno
    import os

    from allohistory.results import files

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    code, out, err = run("ask", "--timelines", "50", "--out", str(tmp_path / "run"))
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == f"error: --out {tmp_path / 'run'}: the disk is full"
    assert list((tmp_path / "run").iterdir()) == []


def test_ask__worlds_set_aside_are_told_and_say_3(run):
    code, out, _ = run("ask", "--timelines", "50", "--do", "state.temper@1932-02-01+=1000000")
    assert code == 3
    assert "were set aside" in out


def test_pods(run):
    code, out, _ = run("pods")
    assert code == 0
    assert "struck-in-1932" in out
    assert "5.1 bits" in out
    assert "1-3 bits" in out
    code, out, _ = run("pods", "--json")
    items = json.loads(out)["items"]
    assert {item["id"] for item in items} == {"no-first-clash", "struck-in-1932", "calm-temper"}
    assert items[0]["surprise_bits"] is not None


def test_pods__surprise_is_kept_and_a_spoilt_store_is_made_anew(run, tmp_path):
    run("pods")
    kept = next((tmp_path / "home" / "kept").iterdir())
    before = kept.read_text()
    kept.write_text("{broken")
    assert "5.1 bits" in run("pods")[1]
    assert kept.read_text() == before


def test_pods__one_and_the_nearest(run):
    assert "judged" in run("pods", "calm-temper")[1]
    code, out, err = run("pods", "calm-tempr")
    assert (code, out) == (2, "")
    assert "nearest: calm-temper" in err.splitlines()[0]


def test_record(run):
    assert "north.first-clash" in run("record")[1]
    assert "A patrol lost its way" in run("record", "north.first-clash")[1]
    assert run("record", "north.first-clsh")[0] == 2
    items = json.loads(run("record", "--json")[1])["items"]
    assert len(items) == 7


def test_record__check(run):
    code, out, _ = run("record", "--check")
    assert code == 0, out
    assert "NOT" not in out


def test_replay(run):
    code, out, _ = run("replay")
    assert code == 0
    assert "7 of 7 entries" in out
    found = json.loads(run("replay", "--json", "--draw", "3")[1])
    assert found["returned"] == found["entries"] == 7
    assert set(found["log_likelihood"]) == {"total", "by_rule", "by_year"}
    assert run("replay", "--draw", "1000")[0] == 2


def test_outcomes(run):
    assert "the capital strikes after a clash" in run("outcomes")[1]
    assert "none, grown-clash" in run("outcomes", "war_road")[1]
    assert json.loads(run("outcomes", "--json")[1])["items"][0]["id"] == "war"
    assert run("outcomes", "wr")[0] == 2


@pytest.mark.parametrize(
    "id",
    ["capital.answers.hard", "capital.answers", "clashes.a-year", "north.first-clash", "calm-temper", "war"],
)
def test_sources(run, id):
    code, out, _ = run("sources", id)
    assert code == 0
    assert id in out
    assert json.loads(run("sources", id, "--json")[1])["id"] == id


def test_sources__of_a_parameter_name_prior_facts_and_rules(run):
    found = json.loads(run("sources", "capital.answers.hard", "--json")[1])
    assert found["prior"] == {"family": "normal", "mean": -3.0, "sd": 0.8}
    assert found["facts"] == ["clashes.a-year"]
    assert found["used_by"] == ["capital.answers"]
    assert found["posterior"] is None


def test_sources__bib(run):
    out = run("sources", "capital.answers.hard", "--bib")[1]
    assert out.startswith("@misc{made-up-for-the-")
    assert "title = {{Made up for the tests, page 1}}" in out
    assert "clashes.a-year (grade" in out


def test_tell(run):
    address = json.loads(run("ask", "--json", "--pod", "struck-in-1932", "--timelines", "20")[1])[
        "address_example"
    ][0]
    code, out, _ = run("tell", address)
    assert code == 0
    assert "The capital strikes over the south." in out
    found = json.loads(run("tell", address, "--json")[1])
    assert found["address"] == address
    assert set(found["events"][0]) == {
        "date",
        "rule",
        "entity",
        "option",
        "text",
        "ours",
        "differs",
        "sources",
    }
    assert found["outcomes"]["war"]["value"] is True
    assert found["chronicle"]
    assert found["closing"] == []  # this scenario has no words for its last day


def test_tell__at_three_lengths(run):
    address = json.loads(run("ask", "--json", "--pod", "struck-in-1932", "--timelines", "20")[1])[
        "address_example"
    ][0]
    post, essay, annals = (run("tell", address, "--length", one)[1] for one in ("post", "essay", "annals"))
    assert "The capital strikes over the south." not in post
    assert "The capital strikes over the south." in essay
    assert "Shots in the north." not in essay  # our own history, before the change
    assert "Shots in the north." in annals
    assert len(post) < len(essay)
    assert "What came of it" in annals
    code, _, err = run("tell", address, "--length", "novel")
    assert code == 2
    assert err.startswith('error: --length: "novel" is none of its values')


@pytest.mark.parametrize("text", ["nonsense", "ah1-smallwar-0000-0000", "ah1-xyz-0000-0000", "", "ah1"])
def test_tell__bad_addresses(run, text):
    code, out, err = run("tell", text)
    assert (code, out) == (2, "")
    assert err.startswith("error: address:")


def test_tell__another_version(run, small, monkeypatch):
    address = json.loads(run("ask", "--json", "--timelines", "20")[1])["address_example"][0]
    monkeypatch.setitem(small.__dict__, "digest", "f" * 64)
    code, out, err = run("tell", address)
    assert (code, out) == (2, "")
    assert "another version" in err.splitlines()[0]
    assert "CHANGELOG" in err


def test_our_fault__one_line_and_a_report(run, monkeypatch, tmp_path):
    def broken(*_, **__):
        raise ZeroDivisionError("a planted fault")

    monkeypatch.setattr("allohistory.questions.ask.read_worlds", broken)
    code, out, err = run("ask")
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    report = next((tmp_path / "home" / "reports").iterdir())
    assert str(report) in err
    assert "a planted fault" in report.read_text()


@pytest.mark.parametrize("subject", ["free-running", "divergences", "campaigns", "sense"])
@pytest.mark.parametrize("few", ["0", "-3"])
def test_check__wants_a_timeline_at_least(run, subject, few):
    code, out, err = run("check", subject, "--timelines", few)
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith(
        f"error: --timelines: {few} is not a whole number from 1 up; nearest: 1"
    )


def test_headline(small, capsys, monkeypatch):
    from allohistory.cli import headline

    monkeypatch.setenv("COLUMNS", "80")
    assert headline.main(["60"]) == 0
    out = capsys.readouterr().out
    assert "How could it have come to war?" in out
    assert "The capital strikes in 1932" in out
    assert "one in full: allohistory ask --pod" in out
    words = " ".join(out.split())
    assert (
        "with the change where the frontier stays quiet or where Loud; and, with the change, how often shots"
        in words
    )
    assert max(len(line) for line in out.splitlines()) <= 80
    assert headline.main(["some"]) == 2


def test_headline__roads_and_worlds_add_up(small):
    from allohistory.questions.headline import FREE, headline

    found = headline(small, timelines=100)
    early, whole = found.lines
    assert found.free_timelines == whole.whole.n == FREE * 100
    assert early.whole.probability < whole.whole.probability == found.rules_only.probability
    quiet, loud = whole.worlds
    assert quiet.n + loud.n == whole.whole.n
    assert quiet.n * quiet.probability + loud.n * loud.probability == pytest.approx(
        whole.whole.n * whole.whole.probability
    )
    assert found.world_shares == pytest.approx((quiet.n / whole.whole.n, loud.n / whole.whole.n))
    for row in found.rows:
        assert sum(world.n for world in row.worlds) == row.also[0].n == row.chosen.n


@pytest.fixture
def address(run):
    words = ["ask", "--json", "--pod", "struck-in-1932", "--outcome", "war", "--timelines", "60"]
    return json.loads(run(*words)[1])["address_example"][0]


FORKED = ["--from", "1933-01-02", "--do", "state.temper@1933-02-01+=3"]


def test_fork__json(run, address):
    code, out, _ = run("fork", address, *FORKED, "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found)[: len(HEAD)] == HEAD
    assert found["question"]["from"] == "1933-01-02"
    assert found["identical_before"] == "1933-01-02"
    assert found["first_difference"]["date"] == "1933-01-30"
    assert found["first_difference"]["variable"] == "state.temper"
    assert set(found["outcomes"]["war"]) == {"title", "value", "unit", "date", "original"}


def test_fork__its_address_is_told_and_forked_again(run, address):
    import shlex

    found = json.loads(run("fork", address, *FORKED, "--json")[1])
    code, out, _ = run("tell", found["address"])
    assert code == 0
    assert "state.temper@1933-02-01+=3" in out
    again = ["fork", found["address"], "--from", "1934-01-01", "--luck", "fresh"]
    code, out, _ = run(*again)
    assert code == 0
    assert "Forked: luck is drawn anew from the week of 1 January 1934 on." in " ".join(out.split())
    told = run("tell", out.split("address:")[1].split()[0])[1]
    assert "Forked: luck is drawn anew from the week of 1 January 1934 on." in " ".join(told.split())
    repeated = json.loads(run(*shlex.split(found["again"])[1:], "--json")[1])
    found.pop("seconds"), repeated.pop("seconds")
    assert repeated == found


def test_fork__without_a_change_is_the_timeline_itself(run, address):
    code, out, _ = run("fork", address, "--from", "1933-01-02")
    assert code == 0
    assert "The two timelines are one: nothing differs." in out
    assert f"address:   {address}" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--do", "north.first-clash=never"], "acts from the week of 8 June 1931, before the fork"),
        (["--do", "frontier.clash.rate*=2"], "has no date, so it acts from the first week"),
        (["--luck", "old"], 'there is no "old"'),
    ],
)
def test_fork__refuses_in_one_clear_line(run, address, words, says):
    code, out, err = run("fork", address, "--from", "1933-01-02", *words)
    assert (code, out) == (2, "")
    assert says in err.splitlines()[0] and len(err.splitlines()) <= 5


def test_fork__needs_a_date(run, address):
    code, out, err = run("fork", address)
    assert (code, out) == (2, "")
    assert err.startswith("error: allohistory fork: --from is missing")
