/** The answer of `roads`, and what is exported of it. */
import type { Head, Interval } from "../../lib/answer";
import type { Shown } from "../../lib/exporting";
import { inWords, percent, percentOrOdds, percentRange } from "../../lib/words";
import type { Turn } from "../shared/chart";

export interface RoadStep {
  what: string;
  date: [string | null, string | null, string | null];
  probability: number;
  otherwise: number;
}

export interface Need {
  what: string;
  probability: number;
  otherwise: number;
}

export interface Road {
  name: string;
  share: number;
  turns: Turn[];
  steps: RoadStep[];
  needs: Need[];
  ends: Need[];
  addresses: string[];
}

export interface Splitting {
  levels: number[];
  repeats: number;
  died_out: number;
  distinct_ancestors: number | null;
  gain: number | null;
  ideal_gain: number | null;
  milestones: { what: string[]; height: number }[];
}

export interface RoadsAnswer extends Head {
  restated: string[];
  outcome: { id: string; title: string };
  probability: number;
  standard_error: number;
  chance_interval: Interval;
  method: string;
  reason: string;
  splitting: Splitting | null;
  reached: number;
  stability: { rand_index: number | null; made_of: number; sorted: number };
  roads: Road[];
}

/** That other luck sorts timelines alike; where it does not, or where that was not measured, the answer warns of it. */
export function stability(index: number | null): string {
  return index !== null && index >= 0.8 ? `With other luck the roads come out the same (agreement ${index.toFixed(2)} of 1).` : "";
}

export function shown(answer: RoadsAnswer): Shown {
  const chance = `${answer.outcome.title}: ${percentOrOdds(answer.probability)} (90 % chance interval ${percentRange(answer.chance_interval)}; ${answer.method}, ${answer.timelines} timelines).`;
  return {
    title: `Roads: ${answer.outcome.title}`,
    words: [...answer.restated, chance, stability(answer.stability.rand_index), ...answer.warnings].filter(Boolean),
    tables: [
      { caption: "The roads", head: ["road", "share", "name", "timeline"], rows: answer.roads.map((one, place) => [String(place + 1), percent(one.share), one.name, one.addresses[0] ?? ""]) },
      ...answer.roads.map((one, place) => steps(one, place)),
    ],
    again: answer.again,
    data: answer,
  };
}

export function steps(road: Road, place: number): Shown["tables"][number] {
  return {
    caption: `Road ${place + 1}: its steps`,
    head: ["step", "on this road", "where it does not come", "earliest (5 %)", "half by", "latest (95 %)"],
    rows: road.steps.map((one) => [one.what, percent(one.probability), percent(one.otherwise), ...one.date.map((date) => (date ? inWords(date) : "–"))]),
  };
}
