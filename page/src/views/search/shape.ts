/** The answer of `search`, whole or while it narrows, and what is exported of it. */
import type { Estimate, Head, Interval, PodAnswer } from "../../lib/answer";
import type { Shown } from "../../lib/exporting";
import { bits, bitsAsOdds, inWords, listed, percent, percentRange, points } from "../../lib/words";

export interface Difference {
  value: number;
  chance_interval: Interval;
}

/** While a search narrows a divergence is known by its id alone, and a share by its number. */
export type Named = Partial<PodAnswer> & { id: string };

export interface Line {
  pods: Named[];
  surprise_bits: number;
  surprise_interval?: Interval;
  estimate: Estimate | null;
  again_on_new_luck: Estimate | null;
  above?: Difference | null;
  needs?: Record<string, Difference>;
  address_example?: string[];
}

export interface Fallen {
  pods: string[];
  surprise_bits: number;
  estimate: Estimate;
  again_on_new_luck: Estimate;
  why: string;
}

export interface WayStep {
  what: string;
  says?: string;
  date: [string, string, string];
  probability: number;
  n: number;
}

export interface Unprompted {
  chosen: Estimate;
  probability: number | null;
  chance_interval: Interval | null;
  surprise_bits: number | null;
  share: number | null;
  steps: WayStep[];
  then: number | null;
  address_example: string[];
}

export interface SearchAnswer extends Partial<Head> {
  stage?: string;
  restated?: string[];
  front: Line[];
  fallen?: Fallen[];
  tried?: { sets: number; timelines: number; on_new_luck?: number; new_timelines?: number; comparisons?: number };
  unprompted?: Unprompted | null;
}

/** The number that decides: on new luck where there is one. */
export function chosen(line: Line): Estimate | null {
  return line.again_on_new_luck ?? line.estimate;
}

export function title(pod: Named, titles: ReadonlyMap<string, string>): string {
  return pod.title ?? titles.get(pod.id.replace(/@.*$/, "")) ?? pod.id;
}

export function named(line: Line, titles: ReadonlyMap<string, string>): string {
  return listed(line.pods.map((one) => title(one, titles)));
}

/** "as improbable as 1 in 17 (4.1 bits)" */
export function surprise(value: number): string {
  return value < 0.05 ? "by the rules nearly certain (0 bits)" : `${bitsAsOdds(value)} by the rules (${bits(value)})`;
}

export function shown(answer: SearchAnswer, outcome: string, titles: ReadonlyMap<string, string>): Shown {
  const rows = answer.front.map((line) => {
    const one = chosen(line);
    return [named(line, titles), line.pods.map((pod) => (pod.date ? inWords(pod.date) : "–")).join("; "), bits(line.surprise_bits), percent(one?.probability), percentRange(one?.chance_interval), line.again_on_new_luck ? "new luck" : "the search's own luck", percent(line.estimate?.probability), line.pods.map((pod) => pod.id).join(" + ")];
  });
  const fallen = (answer.fallen ?? []).map((one) => [listed(one.pods.map((id) => titles.get(id.replace(/@.*$/, "")) ?? id)), bits(one.surprise_bits), percent(one.estimate.probability), percent(one.again_on_new_luck.probability), one.why]);
  const way = answer.unprompted;
  const tables = [{ caption: "The front", head: ["changes", "dates", "surprise", "then", "90 % chance interval", "measured on", "found at", "ids"], rows }];
  if (fallen.length) tables.push({ caption: "Looked good, and fell on new luck", head: ["changes", "surprise", "found at", "on new luck", "why"], rows: fallen });
  if (way?.steps.length) tables.push({ caption: "The least surprising way with nothing changed", head: ["step", "half by", "chance once the steps before have come"], rows: way.steps.map((one) => [one.says ?? one.what, inWords(one.date[1]), percent(one.probability)]) });
  return {
    title: `What would it take: ${outcome}`,
    words: [...(answer.restated ?? []), ...(answer.warnings ?? [])],
    tables,
    ...(answer.again ? { again: answer.again } : {}),
    data: answer,
  };
}

/** What is lost without one member, in words. */
export function lost(one: Difference): string {
  return `${points(one.value)} points (${points(one.chance_interval[0])} to ${points(one.chance_interval[1])})`;
}
