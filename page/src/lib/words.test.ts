import { describe, expect, it } from "vitest";
import { amount, bitsAsChance, bitsAsOdds, inWords, oneIn, percent, percentOrOdds, percentRange, points } from "./words";

describe("numbers are said as the command line says them", () => {
  it.each([[0, "0 %"], [1, "100 %"], [0.0003, "under 0.1 %"], [0.0123, "1.2 %"], [0.35, "35 %"], [0.995, "99.5 %"], [0.9999, "over 99.9 %"], [null, "–"]])("%s is %s", (share, says) => {
    expect(percent(share)).toBe(says);
  });
  it("says odds beside what is under one per cent", () => {
    expect(percentOrOdds(0.004)).toBe("0.4 % (1 in 250)");
    expect(percentOrOdds(0.04)).toBe("4.0 %");
  });
  it("says a span once where both ends look alike", () => {
    expect(percentRange([0.11, 0.14])).toBe("11 to 14 %");
    expect(percentRange([0.111, 0.112])).toBe("11 %");
    expect(percentRange(null)).toBe("–");
  });
  it("signs a difference, and calls nothing nothing", () => {
    expect([points(0.015), points(-0.25), points(-0.0001)]).toEqual(["+1.5", "−25", "0.0"]);
  });
  it("rounds what lies exactly between two as Python does: 1.25 is 1.2", () => {
    expect([percent(0.0425), percent(0.125), percent(0.135), percent(0.9975)]).toEqual(["4.2 %", "12 %", "14 %", "99.8 %"]);
    expect([points(0.0125), points(-0.0125), points(0.0375)]).toEqual(["+1.2", "−1.2", "+3.8"]);
    expect([oneIn(125), oneIn(12.5), amount(372.5), amount(1000.5), amount(0.0625)]).toEqual(["1 in 120", "1 in 12", "372", "1,000", "0.0625"]);
  });
  it("rounds odds to two figures", () => {
    expect([oneIn(2), oneIn(8.2), oneIn(1234), oneIn(1e16)]).toEqual(["1 in 2", "1 in 8.2", "1 in 1,200", "1 in more than a quadrillion"]);
  });
  it("says bits as odds, and less than a coin toss as per cent", () => {
    expect([bitsAsOdds(3), bitsAsOdds(0.01), bitsAsOdds(null)]).toEqual(["1 in 8", "near certain", "outside the rules"]);
    expect([bitsAsChance(0.424942), bitsAsChance(3)]).toEqual(["74 %", "1 in 8"]);
  });
  it("writes dates and amounts out", () => {
    expect([inWords("1938-07-31"), inWords("1938-07"), amount(12345, "men"), amount(0.12345)]).toEqual(["31 July 1938", "July 1938", "12,345 men", "0.123"]);
  });
});
