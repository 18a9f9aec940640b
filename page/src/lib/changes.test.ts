import { describe, expect, it } from "vitest";
import type { LineEvent, Pod } from "./catalogue";
import { firstDate, inSentence, isAsked, mend, parts, searched } from "./changes";
import { fromQuery, toBody, toQuery, type Question } from "./question";

const empty: Question = { pods: [], do: [], ask: [] };
const khasan = {
  id: "khasan.night-attack", date: "1938-07-31", label: "Lake Khasan", what: "The hill is stormed.", movable: false,
  choices: [{ value: "refrain", says: "The Korea Army does not attack.", took: false }, { value: "attack", says: "The hill is stormed.", took: true }],
} as LineEvent;
const pod = (id: string, title: string, date: string) => ({ id, title, what: "", date, changes: [], source: "", argued_at: null }) as unknown as Pod;

describe("a change", () => {
  it("is taken apart at its sign", () => {
    expect(parts("khasan.night-attack=refrain")).toEqual({ target: "khasan.night-attack", value: "refrain" });
    expect(parts("ussr.lift_men@1944-06-01*=3")).toEqual({ target: "ussr.lift_men@1944-06-01", value: "*3" });
    expect(parts("nonsense")).toBeNull();
  });
  it("is said in the scenario's words", () => {
    expect(inSentence("khasan.night-attack=refrain", [khasan])).toBe("The Korea Army does not attack (31 July 1938)");
    expect(inSentence("khasan.night-attack=never", [khasan])).toBe("It does not happen: Lake Khasan (31 July 1938)");
    expect(inSentence("khasan.night-attack=1938-08-20", [khasan])).toBe("On 20 August 1938 instead: Lake Khasan");
    expect(inSentence("unknown.rule@1938=x", [khasan])).toBe("unknown.rule@1938=x");
  });
  it("gives the question its first date", () => {
    const question = { ...empty, pods: ["a"], do: ["khasan.night-attack=refrain"] };
    expect(firstDate(question, [pod("a", "A", "1941-06-22")], [khasan])).toBe("1938-07-31");
  });
});

describe("a mistake", () => {
  const wrong = (given: string) => ({ ok: false as const, status: 422, error: "", where: "", given, possible: [], closest: null, see: null });
  it("is mended at the word, in changes, outcomes and conditions", () => {
    expect(mend({ ...empty, do: ["khasan.nigt-attack=refrain"] }, wrong("khasan.nigt-attack"), "khasan.night-attack").do).toEqual(["khasan.night-attack=refrain"]);
    expect(mend({ ...empty, ask: ["serius_war"] }, wrong("serius_war"), "serious_war").ask).toEqual(["serious_war"]);
    expect(mend({ ...empty, given: "amerika_enters" }, wrong("amerika_enters"), "america_enters").given).toBe("america_enters");
  });
  it("that is nowhere in the question leaves it alone", () => {
    const question = { ...empty, pods: ["no-purge"] };
    expect(mend(question, wrong("elsewhere"), "x")).toEqual(question);
  });
});

describe("a question", () => {
  it("survives its link", () => {
    const question: Question = { pods: ["a", "b"], do: ["khasan.night-attack=refrain"], ask: ["serious_war before 1941-06-22"], luck: "same", timelines: 500, seed: 3, given: "china_war" };
    expect(fromQuery(new URLSearchParams(toQuery(question)))).toEqual(question);
    expect(toBody(question)).toMatchObject({ what_if: 1, pods: ["a", "b"], ask: ["serious_war before 1941-06-22"], luck: "same" });
  });
  it("is asked once it names anything", () => {
    expect([isAsked(empty), isAsked({ ...empty, ask: ["war_road"] }), isAsked({ ...empty, from: "1936-01-06" })]).toEqual([false, true, true]);
  });
});

describe("the catalogue", () => {
  it("is searched by all words and kept in order of dates", () => {
    const list = [pod("b", "Zhukov beaten", "1939-08-20"), pod("a", "Zhukov stays", "1939-06-05"), pod("c", "Oil", "1935-07-01")];
    expect(searched(list, "zhukov").map((one) => one.id)).toEqual(["a", "b"]);
    expect(searched(list, "zhukov 1939-08").map((one) => one.id)).toEqual(["b"]);
  });
});
