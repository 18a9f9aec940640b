import { describe, expect, it } from "vitest";
import { pieces, settled, type Week } from "./shape";

const week = (number: number, probability: number): Week => ({ week: number, date: "1931-01-05", probability, chance_interval: [0, 1], raw: probability, n: 200 });

describe("the curve", () => {
  it("is broken after each named week, so that no line slopes across a jump", () => {
    const weeks = [0, 1, 2, 3, 4].map((one) => week(one, 0.5));
    expect(pieces(weeks, new Set([1, 3])).map((piece) => piece.map((one) => one.week))).toEqual([[0, 1], [2, 3], [4]]);
  });
  it("is whole where no week is named", () => {
    expect(pieces([week(0, 0.1), week(1, 0.2)], new Set())).toHaveLength(1);
  });
  it("ends where nothing moves any more", () => {
    expect(settled([0.4, 0.3, 0.1, 0, 0, 0].map((one, place) => week(place, one)))).toBe(3);
  });
});
