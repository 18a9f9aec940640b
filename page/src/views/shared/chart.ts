/** Small reckonings behind the charts: dates on an axis, odds of bits, labels that do not lie on each other, trees of turns. */
export const FIRST = Date.UTC(1931, 0, 5);
export const LAST = Date.UTC(1950, 11, 31);

/** A date as milliseconds, without the reader's time zone. */
export function at(date: string): number {
  const [year = 1931, month = 1, day = 1] = date.split("-").map(Number);
  return Date.UTC(year, month - 1, day);
}

/** Where a date lies between the first and the last week, 0 to 1. */
export function along(date: string, from = FIRST, until = LAST): number {
  return Math.min(1, Math.max(0, (at(date) - from) / (until - from)));
}

/** The first of January of every year to be marked: each, or every so many where room is small. */
export function years(width: number, from = 1931, until = 1951, room = 46): { year: number; place: number }[] {
  const span = until - from;
  const step = [1, 2, 5, 10].find((one) => (width / span) * one >= room) ?? 10;
  const found = [];
  for (let year = Math.ceil(from / step) * step; year < until; year += step) {
    found.push({ year, place: Date.UTC(year, 0, 1) });
  }
  return found;
}

/** Push labels apart: the places nearest those wanted, at least `gap` from each other, between low and high. */
export function apart(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, place) => place).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const found = [...wanted];
  let last = low - gap;
  for (const place of order) last = found[place] = Math.max(found[place] ?? 0, last + gap);
  let next = high + gap;
  for (const place of [...order].reverse()) next = found[place] = Math.min(found[place] ?? 0, next - gap);
  return found;
}

export interface Turn {
  what?: string;
  kind: string;
  id: string;
  option: string;
  entity: string;
  taken: boolean;
}

/** A place where roads part: the part that takes a step, the part that does not; a leaf is a road. */
export interface Parting {
  share: number;
  turn: Turn | null;
  parts: Parting[];
  road: number | null;
}

const named = (turn: Turn) => `${turn.kind} ${turn.id} ${turn.option} ${turn.entity}`;

/** The tree by which timelines were divided into roads: roads that begin with the same turns share a stem. */
export function tree(roads: readonly { share: number; turns: readonly Turn[] }[]): Parting {
  const grow = (numbers: number[], depth: number, turn: Turn | null): Parting => {
    const share = numbers.reduce((sum, number) => sum + (roads[number]?.share ?? 0), 0);
    const [only] = numbers;
    if (numbers.length === 1 && only !== undefined) return { share, turn, parts: [], road: only };
    const groups = new Map<string, number[]>();
    for (const number of numbers) {
      const next = roads[number]?.turns[depth];
      const key = next ? `${named(next)} ${next.taken}` : "";
      groups.set(key, [...(groups.get(key) ?? []), number]);
    }
    if (groups.size < 2) {
      // Nothing parts them here: look one turn further, or give up and let them lie side by side.
      const further = numbers.some((number) => (roads[number]?.turns.length ?? 0) > depth + 1);
      if (further) return grow(numbers, depth + 1, turn);
      return { share, turn, road: null, parts: numbers.map((number) => ({ share: roads[number]?.share ?? 0, turn: null, parts: [], road: number })) };
    }
    const parts = [...groups.values()].map((group) => grow(group, depth + 1, roads[group[0] ?? 0]?.turns[depth] ?? null));
    return { share, turn, parts, road: null };
  };
  return grow(roads.map((_, number) => number), 0, null);
}

/** How many partings lie on the longest way to a leaf. */
export function deep(node: Parting): number {
  return node.parts.length ? 1 + Math.max(...node.parts.map(deep)) : 0;
}

/** The four kinds of twins of a hundred: both show it, only with the change, only without, neither. */
export function twins(cause: { both: number; with: number; without: number }): { always: number; made: number; prevented: number; never: number } {
  const made = cause.both;
  const always = Math.max(0, cause.with - made);
  const prevented = Math.max(0, cause.without - always);
  return { always, made, prevented, never: Math.max(0, 1 - always - made - prevented) };
}
