/** Where the labels of a line of events stand, so that none covers another. */
export interface Placed<T> {
  event: T;
  x: number;
  level: number;
  /** Its words end at the event instead of beginning there: near the right edge. */
  leftward: boolean;
}

/** Days since 1 January 1931. */
export function dayOf(date: string): number {
  return (Date.parse(date) - Date.parse("1931-01-01")) / 86_400_000;
}

/** A place for each, on as few levels as will do; the widths are of the words. */
export function placed<T extends { date: string }>(
  events: readonly T[], wide: number, days: number, width: (event: T) => number, gap = 14,
): Placed<T>[] {
  const taken: [number, number][][] = [];
  return [...events].sort((a, b) => b.date.localeCompare(a.date)).map((event) => {
    const x = (wide * dayOf(event.date)) / days;
    const leftward = x + width(event) > wide;
    const [from, to] = leftward ? [x - width(event), x] : [x, x + width(event)];
    let level = 0;
    // A label's leader runs down through the levels below it: it must not cross words that stand there.
    const free = (at: number) =>
      (taken[at] ?? []).every(([a, b]) => to + gap < a || from > b + gap) &&
      taken.slice(0, at).every((row) => row.every(([a, b]) => x < a - 2 || x > b + 2));
    while (!free(level) && level < 12) level += 1;
    (taken[level] ??= []).push([from, to]);
    return { event, x, level, leftward };
  });
}
