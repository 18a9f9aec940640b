import { describe, expect, it } from "vitest";
import can from "../../../../docs/can_and_cannot.md?raw";
import limits from "../../../../docs/limits.md?raw";
import { around, counted, figure, groups, says, type Score } from "./board";
import { blocks, spans } from "./markdown";

const score = (more: Partial<Score>): Score => ({ check: "campaigns", name: "coverage_90", value: 0.8, interval: [0.7, 0.9], baseline: null, bar: 0.9, met: false, again: "allohistory check", model: "m", ...more });

describe("the scoreboard", () => {
  it("puts checks with most misses first, and misses first inside", () => {
    const found = groups([score({ check: "a", met: true }), score({ check: "b", met: true, name: "one" }), score({ check: "b", name: "two" })]);
    expect(found.map((one) => one.check)).toEqual(["b", "a"]);
    expect(found[0]?.scores.map((one) => one.name)).toEqual(["two", "one"]);
    expect(found[0]).toMatchObject({ missed: 1, judged: 2 });
  });
  it("shows a score it has no words for by its own name", () => {
    expect(says(score({ name: "something new" }))).toBe("something new");
  });
  it("does not draw the interval of a difference around a value", () => {
    expect(around(score({}))).toBe(true);
    expect(around(score({ value: 0.25, interval: [-0.3, -0.1] }))).toBe(false);
  });
  it("reads counts and writes figures short", () => {
    expect(counted("43 of 56")).toEqual([43, 56]);
    expect(counted(0.5)).toBeNull();
    expect(figure(-0.119753)).toBe("−0.12");
    expect(figure(null)).toBe("–");
  });
});

describe("pages of the documentation", () => {
  it("are read into headings, paragraphs, lists and tables", () => {
    const found = blocks("# One\n\nText over\ntwo lines.\n\n- a\n  more\n- b\n\n| x | y |\n| --- | --- |\n| 1 | `2` |\n");
    expect(found.map((one) => one.kind)).toEqual(["heading", "paragraph", "list", "table"]);
    expect(found[2]).toMatchObject({ items: [[{ text: "a more" }], [{ text: "b" }]] });
    expect(found[3]).toMatchObject({ rows: [[[{ text: "1" }], [{ kind: "code", text: "2" }]]] });
  });
  it("keep words and links apart", () => {
    expect(spans("see **this** [page](a.md), `x`")).toEqual([
      { kind: "text", text: "see " }, { kind: "strong", text: "this" }, { kind: "text", text: " " }, { kind: "link", text: "page", to: "a.md" }, { kind: "text", text: ", " }, { kind: "code", text: "x" },
    ]);
  });
  it("leave no mark of Markdown in a sentence of the two pages that are shown", () => {
    for (const page of [can, limits]) {
      const texts = blocks(page).flatMap((one) => (one.kind === "list" ? one.items.flat() : one.kind === "table" ? [...one.head.flat(), ...one.rows.flat(2)] : one.spans));
      for (const one of texts) if (one.kind === "text") expect(one.text).not.toMatch(/\*\*|\]\(|```|<!--/);
    }
  });
});
