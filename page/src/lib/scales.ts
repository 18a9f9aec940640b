/** Scales for the small charts of an answer: weeks of the scenario to years, values to heights. */
const FIRST = Date.UTC(1931, 0, 5);
const WEEK = 7 * 86_400_000;

/** A week of the scenario as a year with its fraction. */
export function yearOf(week: number): number {
  const date = new Date(FIRST + week * WEEK);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const next = Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  return date.getUTCFullYear() + (date.getTime() - start) / (next - start);
}

/** A straight scale. */
export function straight(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

/** Round numbers from low to high, about so many. */
export function ticks(low: number, high: number, about = 3): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= raw) ?? 10);
  const found: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) found.push(Number(at.toPrecision(12)));
  return found;
}

/** An SVG path through points; a null breaks it. */
export function path(points: readonly (readonly [number, number] | null)[]): string {
  let pen = "M";
  return points.map((point) => {
    if (!point) {
      pen = "M";
      return "";
    }
    const part = `${pen}${point[0].toFixed(1)},${point[1].toFixed(1)}`;
    pen = "L";
    return part;
  }).join("");
}

/** The area between two curves. */
export function area(points: readonly (readonly [number, number, number] | null)[]): string {
  const whole = points.filter((one): one is readonly [number, number, number] => one !== null);
  if (!whole.length) return "";
  const top = whole.map(([x, , high]) => `${x.toFixed(1)},${high.toFixed(1)}`);
  const back = [...whole].reverse().map(([x, low]) => `${x.toFixed(1)},${low.toFixed(1)}`);
  return `M${top.join("L")}L${back.join("L")}Z`;
}
