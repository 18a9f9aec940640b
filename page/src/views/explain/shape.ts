/** The answer of `explain`, and what is exported of it. */
import type { Head, Interval } from "../../lib/answer";
import type { Shown } from "../../lib/exporting";
import { amount, inWords, percent, percentRange, points } from "../../lib/words";

export interface Cause {
  id: string;
  necessity: number | null;
  necessity_interval: Interval | null;
  necessity_n: number;
  sufficiency: number | null;
  sufficiency_interval: Interval | null;
  sufficiency_n: number;
  both: number;
  both_interval: Interval | null;
  both_n: number;
  prevention: number | null;
  prevention_interval: Interval | null;
  with: number;
  without: number;
  bounds: Record<string, Interval | null>;
  couplings: Record<string, Interval | null>;
}

export interface Part {
  id: string;
  share: number;
  interval: Interval;
  alone: number;
}

export interface Step {
  id: string;
  came: number;
  of: number;
  necessity: number | null;
  necessity_interval: Interval | null;
  cut: string;
}

export interface Arrow {
  from: string;
  to: string;
  lost: number;
  moved: number;
  n: number;
}

export interface Box {
  date: string;
  limits: Record<string, [number | null, number | null]>;
  coverage: number | null;
  density: number | null;
  density_interval: Interval | null;
  causal: boolean | null;
  effect: number | null;
  why: string;
}

export interface Hanging {
  parameter: string;
  total: number | null;
  interval: Interval | null;
  effect: string;
  source: string;
  grade: string | null;
}

export interface ExplainAnswer extends Head {
  outcome: { id: string; title: string; definition: string };
  causes: Cause[];
  shapley: Part[];
  our_history: { shows: boolean; with_the_causes: number; mechanism_band: Interval; n: number };
  steps: Step[];
  arrows: Arrow[];
  boxes: Box[] | null;
  sensitivity: Hanging[];
  unapplied: Record<string, number>;
  in_words?: Record<string, string>;
  words: string[];
}

export const THE_CHANGE = "the change", THE_OUTCOME = "the outcome", ALL = "all together";

/** What an id is called, in the scenario's own words where it has some. */
export function called(answer: ExplainAnswer, id: string): string {
  if (id === THE_OUTCOME) return answer.outcome.title;
  if (id === ALL) return "All changes together";
  return answer.in_words?.[id] ?? id;
}

/** Mostly, sometimes, rarely: the words that the command line uses. */
export function needed(share: number | null): string {
  if (share === null) return "Nothing to say";
  return share >= 0.75 ? "Mostly needed" : share <= 0.25 ? "Rarely needed" : "Sometimes needed";
}

export function enough(share: number | null): string {
  if (share === null) return "Nothing to say";
  return share >= 0.75 ? "Mostly enough" : share <= 0.25 ? "Rarely enough" : "Sometimes enough";
}

/** A limit of a box: above 3.2, at most 5, between the two. */
export function limit(low: number | null, high: number | null): string {
  if (low === null) return `at most ${amount(high)}`;
  if (high === null) return `above ${amount(low)}`;
  return `above ${amount(low)}, at most ${amount(high)}`;
}

export function tag(box: Box): string {
  return box.causal === null ? "cannot be imposed" : box.causal ? "causal" : "only associated";
}

/** The arrows worth showing: those lost most often, each with its share. */
export function strongest(arrows: readonly Arrow[], most = 12): Arrow[] {
  return [...arrows].sort((a, b) => b.lost / Math.max(b.n, 1) - a.lost / Math.max(a.n, 1) || b.n - a.n).slice(0, most);
}

export function shown(answer: ExplainAnswer): Shown {
  const row = (cause: Cause, name: "necessity" | "sufficiency" | "both", says: string) => [called(answer, cause.id), says, percent(cause[name]), percentRange(cause[`${name}_interval`]), percentRange(cause.couplings[name]), percentRange(cause.bounds[name])];
  return {
    title: `Why: ${answer.outcome.title}`,
    words: [answer.outcome.definition, ...answer.words, ...answer.warnings],
    tables: [
      { caption: "What each cause was needed and enough for (exact twins)", head: ["cause", "", "share", "90 % chance interval", "luck shared or not", "any coupling"], rows: answer.causes.flatMap((one) => [row(one, "necessity", "needed"), row(one, "sufficiency", "enough"), row(one, "both", "both")]) },
      ...(answer.shapley.length > 1 ? [{ caption: "Who carried it (Shapley)", head: ["cause", "points", "90 % chance interval", "by itself"], rows: answer.shapley.map((one) => [called(answer, one.id), points(one.share), `${points(one.interval[0])} to ${points(one.interval[1])}`, points(one.alone)]) }] : []),
      { caption: "Steps, each cut in a rerun", head: ["step", "came before it in", "outcome then lost", "90 % chance interval", "cut"], rows: answer.steps.map((one) => [called(answer, one.id), `${one.came} of ${one.of}`, percent(one.necessity), percentRange(one.necessity_interval), one.cut]) },
      { caption: "What led to what", head: ["from", "to", "lost", "moved", "of"], rows: answer.arrows.map((one) => [called(answer, one.from), called(answer, one.to), String(one.lost), String(one.moved), String(one.n)]) },
      { caption: "Under which conditions", head: ["date", "where", "show it", "hold so much of it", ""], rows: (answer.boxes ?? []).map((one) => [inWords(one.date), Object.entries(one.limits).map(([id, [low, high]]) => `${called(answer, id)}: ${limit(low, high)}`).join("; "), percent(one.density), percent(one.coverage), tag(one)]) },
      { caption: "What it hangs on", head: ["parameter", "what", "effect", "total share of variance", "grade"], rows: answer.sensitivity.map((one) => [one.parameter, called(answer, one.parameter), one.effect, percent(one.total), one.grade ?? ""]) },
    ],
    again: answer.again,
    data: answer,
  };
}
