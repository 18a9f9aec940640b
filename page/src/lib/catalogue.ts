/** What the scenario holds, fetched once and kept: the catalogue, the outcomes, our history's line, the presets. */
import { get } from "./api";

export interface Pod {
  id: string;
  title: string;
  what: string;
  date: string;
  changes: string[];
  surprise_bits: number | null;
  impossible: boolean;
  judged: { low: number; high: number; because: string } | null;
  source: string;
  argued_at: string | null;
  group?: string;
}

export interface Outcome {
  id: string;
  title: string;
  definition: string;
  kind: "yes" | "which" | "amount" | "day";
  stage: string;
  unit?: string;
  options?: string[];
}

export interface Choice {
  value: string;
  says: string;
  took: boolean;
}

/** One event of our history that can be changed. */
export interface LineEvent {
  id: string;
  date: string;
  label: string | null;
  what: string;
  why: string;
  source: string;
  grade: string;
  rule: string;
  took: string | number;
  movable: boolean;
  choices: Choice[];
  pods: string[];
}

export interface Preset {
  id: string;
  title: string;
  asks: string;
  why: string;
  source: string;
  place: "forum" | "essay" | "historians";
  when: string;
  claim: string | null;
  what_if: { pods?: string[]; do?: string[]; ask?: string[]; from?: string; luck?: "same" | "fresh"; given?: string; without?: string };
}

/** A way a war comes, with the words for it. */
export interface Way {
  id: string;
  title: string;
}

const held = new Map<string, Promise<unknown[]>>();

function list<T>(path: string): Promise<T[]> {
  const known = held.get(path) as Promise<T[]> | undefined;
  if (known) return known;
  const fetched = get<{ items: T[] }>(path).then((answer) => answer.items);
  fetched.catch(() => held.delete(path)); // a server that was away may be back
  held.set(path, fetched);
  return fetched;
}

export const pods = () => list<Pod>("pods");
export const outcomes = () => list<Outcome>("outcomes");
export const line = () => list<LineEvent>("line");
export const presets = () => list<Preset>("presets");

let overview: Promise<{ ways: Way[] }> | undefined;

/** The words for the ways to war. */
export function ways(): Promise<Way[]> {
  overview ??= get<{ ways: Way[] }>("scenario");
  return overview.then((all) => all.ways);
}
