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

/** A place for each, on as few levels as will do; the widths are of the words. A leader passes behind other words only where the way round is long. */
export function placed<T extends { date: string }>(
  events: readonly T[], wide: number, days: number, width: (event: T) => number, gap = 12,
): Placed<T>[] {
  const found: (Placed<T> & { from: number; to: number })[] = [];
  const at = (event: T) => (wide * dayOf(event.date)) / days;
  const byDate = [...events].sort((a, b) => a.date.localeCompare(b.date));
  // Words that run to the left are placed from the left, others from the right: so most leaders stand clear of other words.
  const left = byDate.filter((event) => at(event) + width(event) > wide);
  const right = byDate.filter((event) => at(event) + width(event) <= wide).reverse();
  for (const event of [...left, ...right]) {
    const x = at(event);
    const leftward = x + width(event) > wide;
    const [from, to] = leftward ? [x - width(event), x] : [x, x + width(event)];
    const free = (level: number) => found.every((other) => other.level !== level || to + gap < other.from || from > other.to + gap);
    const crossed = (level: number) => found.filter((other) => other.level < level && x >= other.from && x <= other.to && x !== other.x).length;
    const levels = Array.from({ length: found.length + 1 }, (_, level) => level).filter(free);
    const cost = (one: number) => one + 1.5 * crossed(one);
    const level = levels.reduce((best, one) => (cost(one) < cost(best) ? one : best), levels[0] ?? 0);
    found.push({ event, x, level, leftward, from, to });
  }
  return found;
}
