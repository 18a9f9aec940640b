import { describe, expect, it } from "vitest";
import { along, apart, at, deep, tree, twins, years, type Turn } from "./chart";
import { yesOrNo } from "./catalogue";

const turn = (id: string, taken: boolean): Turn => ({ kind: "outcome", id, option: "yes", entity: "", taken });

describe("dates on an axis", () => {
  it("put the first week at the left end and the last day at the right", () => {
    expect(along("1931-01-05")).toBe(0);
    expect(along("1950-12-31")).toBe(1);
    expect(along("1941-01-01")).toBeCloseTo(0.5, 2);
  });
  it("do not depend on the reader's time zone", () => {
    expect(new Date(at("1938-07-31")).toISOString()).toBe("1938-07-31T00:00:00.000Z");
  });
  it("mark fewer years where room is small", () => {
    expect(years(1000).length).toBe(20);
    expect(years(300).map((one) => one.year)).toEqual([1935, 1940, 1945, 1950]);
  });
});

describe("labels", () => {
  it("keep their distance and stay inside", () => {
    const found = apart([10, 11, 12, 99], 5, 0, 100);
    const sorted = [...found].sort((a, b) => a - b);
    sorted.slice(1).forEach((one, place) => expect(one - (sorted[place] ?? 0)).toBeGreaterThanOrEqual(5));
    expect(Math.max(...found)).toBeLessThanOrEqual(100);
  });
  it("stay where they are if nothing is in the way", () => {
    expect(apart([10, 50, 90], 5, 0, 100)).toEqual([10, 50, 90]);
  });
});

describe("the tree of roads", () => {
  const roads = [
    { share: 0.4, turns: [turn("a", true), turn("b", false)] },
    { share: 0.35, turns: [turn("a", false)] },
    { share: 0.25, turns: [turn("a", true), turn("b", true)] },
  ];
  it("parts first where the division did, and ends in every road once", () => {
    const root = tree(roads);
    expect(root.share).toBeCloseTo(1);
    expect(root.parts.map((one) => one.share)).toEqual([0.65, 0.35]);
    const leaves: (number | null)[] = [];
    const walk = (node: ReturnType<typeof tree>): void => (node.parts.length ? node.parts.forEach(walk) : void leaves.push(node.road));
    walk(root);
    expect(leaves.sort()).toEqual([0, 1, 2]);
    expect(deep(root)).toBe(2);
  });
  it("is a single leaf where there is one road", () => {
    expect(tree([{ share: 1, turns: [] }])).toMatchObject({ road: 0, parts: [] });
  });
});

describe("twins", () => {
  it("add up to all of them", () => {
    const found = twins({ both: 0.025, with: 0.3825, without: 0.3675 });
    expect(found.always).toBeCloseTo(0.3575);
    expect(found.prevented).toBeCloseTo(0.01);
    expect(found.always + found.made + found.prevented + found.never).toBeCloseTo(1);
  });
});

describe("what can be asked for as yes or no", () => {
  it("names every option but none, and leaves amounts out", () => {
    const found = yesOrNo([
      { id: "serious_war", kind: "yes", title: "War", definition: "" },
      { id: "war_road", kind: "which", title: "Road to war", definition: "", options: ["none", "grown-clash"] },
      { id: "reach_km", kind: "amount", title: "Reach", definition: "" },
    ]);
    expect(found.map((one) => one.value)).toEqual(["serious_war", "war_road=grown-clash"]);
  });
});
