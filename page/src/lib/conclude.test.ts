import { describe, expect, it } from "vitest";
import type { Answer, OutcomeAnswer } from "./answer";
import { question, quantity, asToml, needed, type Claim, type Part } from "./claims";
import { headline, shownOf, threeNumbers, verdict, when } from "./conclude";
import { bbcode, csv, fileName, markdown } from "./exporting";

const estimate = (probability: number, low: number, high: number) => ({ probability, chance_interval: [low, high] as [number, number], ignorance_interval: null, n: 200 });
const war = {
  ...estimate(0.35, 0.3, 0.4), title: "Serious war", definition: "", kind: "yes", baseline: estimate(0.34, 0.29, 0.39), rules_only: estimate(0.43, 0.41, 0.48), fresh_luck: estimate(0.35, 0.3, 0.4),
  same_luck: { ...estimate(0.12, 0.09, 0.16), mechanism_band: [0.12, 0.44] }, difference: { value: 0.015, chance_interval: [-0.01, 0.04] }, when: { q05: "1938-02-10", q50: "1941-05-01", q95: "1945-10-12" }, flips: [],
} as OutcomeAnswer;

describe("an answer in words", () => {
  it("says with and without, and that chance would explain it", () => {
    expect(headline(war, true)).toBe("Serious war: 35 of 100 timelines with your change, 34 of 100 without it.");
    expect(verdict(war)).toBe("The change makes no difference here that chance would not explain (−1.0 to +4.0 points).");
    expect(verdict({ ...war, difference: { value: 0.1, chance_interval: [0.05, 0.15] } })).toBe("The change makes it likelier, by 10 points (+5.0 to +15).");
  });
  it("says when", () => expect(when(war)).toBe("Where it comes: half by 1 May 1941, nine in ten from February 1938 to October 1945."));
  it("knows whether the ways of counting differ", () => {
    expect(threeNumbers(war).differ).toBe(true);
    expect(threeNumbers({ ...war, rules_only: null, same_luck: null }).differ).toBe(false);
  });
});

describe("an export", () => {
  const shown = shownOf({ outcomes: { serious_war: war }, restated: ["Suppose: a | b. What follows?"], again: "allohistory ask", chain: [], hangs_on: [], address_example: ["ah1-x"] } as unknown as Answer);
  it("has the numbers in every form", () => {
    expect(markdown(shown, "http://x/")).toContain("| Serious war | 35 % | 30 to 40 % | – | 34 % |");
    expect(bbcode(shown, "http://x/")).toContain("[td]Serious war[/td][td]35 %[/td]");
    expect(csv(shown)).toContain("Serious war,35 %,30 to 40 %");
  });
  it("never begins a cell with a formula", () => expect(csv({ ...shown, tables: [{ head: ["a"], rows: [["=1+1"], ["+1.5"]] }] })).toBe("a\n'=1+1\n+1.5\n"));
  it("names its files plainly", () => expect(fileName("Suppose: Xi’an, again?")).toBe("suppose-xi-an-again"));
});

describe("an argument", () => {
  const part = { quantity: "P(oil_embargo before 1942-01-01 | america_enters; china.incident@1937-07-05..1941-12-31=never, no-xian)", relation: "<", than: 0.1, margin: 0.05, words: "w", against: "" } as Part;
  const claim = { id: "lobby", says: "No lobby.", parts: [part] } as unknown as Claim;
  it("becomes a question", () => {
    expect(quantity("median(reach_km)")).toEqual({ what: "reach_km", given: "", changes: [] });
    expect(question(claim)).toEqual({ pods: ["no-xian"], do: ["china.incident@1937-07-05..1941-12-31=never"], ask: ["oil_embargo before 1942-01-01"], given: "america_enters" });
  });
  it("says what it needs", () => expect(needed(part)).toBe("has to be less than 10 % by at least 5 points"));
  it("can be written anew", () => expect(asToml(claim)).toContain('quantity = "P(oil_embargo'));
});
