import { expect, it } from "vitest";
import { dayOf, placed } from "./line";
import { area, path, ticks, yearOf } from "./scales";

const DAYS = dayOf("1946-01-01");
const words = (event: { date: string; says: string }) => 7 * event.says.length;

it("no two labels of one level cover each other, and none leaves the page", () => {
  const events = ["1937-06-11", "1937-07-07", "1938-01-15", "1938-07-31", "1938-09-30", "1945-04-01", "1945-08-06", "1945-08-08", "1945-08-22"].map((date, at) => ({ date, says: `an event ${"x".repeat(at)}` }));
  const found = placed(events, 1100, DAYS, words);
  const span = (one: (typeof found)[number]) => (one.leftward ? [one.x - words(one.event), one.x] : [one.x, one.x + words(one.event)]);
  for (const one of found) {
    expect(span(one)[0]).toBeGreaterThanOrEqual(0);
    expect(span(one)[1]).toBeLessThanOrEqual(1100);
    for (const other of found) {
      if (one === other || one.level !== other.level) continue;
      expect((span(one)[1] ?? 0) < (span(other)[0] ?? 0) || (span(one)[0] ?? 0) > (span(other)[1] ?? 0)).toBe(true);
    }
  }
});

it("weeks are years with their fraction, and ticks are round", () => {
  expect(yearOf(0)).toBeCloseTo(1931 + 4 / 365, 6);
  expect(ticks(0, 0.75, 4)).toEqual([0, 0.2, 0.4, 0.6]);
  expect(ticks(3, 3)).toEqual([3]);
});

it("a gap breaks a line and not an area's outline", () => {
  expect(path([[0, 1], null, [2, 3]])).toBe("M0.0,1.0M2.0,3.0");
  expect(area([[0, 5, 1], [10, 6, 2]])).toBe("M0.0,1.0L10.0,2.0L10.0,6.0L0.0,5.0Z");
});
