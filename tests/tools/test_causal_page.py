"""The page and the picture of the causal graph: all rules are shown, all links, and a stale page is found."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

import causal_page
import causal_picture
import reference
from allohistory.questions.causal_graph import graph_of, groups_of
from allohistory.questions.links import read_page
from allohistory.timeline.model import load


@pytest.fixture(scope="module")
def model():
    return load()


@pytest.fixture(scope="module")
def made(model):
    return causal_page.causal_pages(model)


def test_page__shows_every_rule_every_link_and_what_is_lacking(model, made):
    text, links = made["causal_graph.md"], read_page(model.folder)
    assert [rule for rule in model.order if f"reference/rules/{rule}.md" not in text] == []
    assert [link.what for link in links.links if link.what not in text] == []
    assert [what for _, what in links.lacking if what not in text] == []


def test_page__what_stands_in_the_docs_is_what_the_code_gives(made):
    stale = [line for line in reference.offenders(reference.ROOT / "docs", made) if "left over" not in line]
    assert stale == []


def test_picture__is_well_formed_and_shows_every_rule_once(model, made):
    picture = made["pictures/causal_graph.svg"]
    ElementTree.fromstring(picture)
    shown = re.findall(r'data-rule="([^"]+)"', picture)
    assert len(shown) == len(set(shown))
    assert set(model.order) <= set(shown)
    assert set(re.findall(r'data-part="([^"]+)"', picture)) == set(groups_of(model).values())


def test_picture__a_way_into_europe_is_one_dark_line_more(model):
    graph, groups = graph_of(model), groups_of(model)
    munich = graph.reads["munich.outcome"] | {"china.shanghai"}
    leaky = replace(graph, reads={**graph.reads, "munich.outcome": munich})
    heads = [
        causal_picture.picture(one, groups, model.order, "europe").count("<polygon") for one in (graph, leaky)
    ]
    assert heads[1] > heads[0] > 0
