/** Where names stand: each beside its place, none over another, the weighty ones first; as the printed sheet does it. */
import type { Base, Place, Point } from "./types";
import { shared, within, type Rect } from "./geometry";

export interface Name {
  key: string;
  text: string;
  x: number;
  y: number;
  size: number;
  kind: string;
  spacing: number;
  turn: string;
  centred: boolean;
  box: Rect;
}

interface Asked extends Omit<Name, "x" | "y" | "box" | "turn"> {
  at: Point;
  turn: number;
  weight: number;
  reach: number;
  needed: boolean;
}

const SIDES: Point[] = [[1, 0], [-1, 0], [1, -1], [1, 1], [-1, -1], [-1, 1], [0, -1], [0, 1]];
const NARROW = "fijlrtI.,:;'|()[] /-";

/** How wide a line of text is, about, in its own height. */
export function widthOf(text: string, size: number, spacing = 0): number {
  let total = 0;
  for (const letter of text) total += NARROW.includes(letter) ? 0.31 : "mwMW".includes(letter) ? 0.82 : letter !== letter.toLowerCase() ? 0.64 : 0.52;
  return total * size + spacing * text.length;
}

/** What a place is called on a day; a name that a peace gave comes first. */
export function nameOf(place: Place, date: string, renamed: Readonly<Record<string, string>>): string {
  return renamed[place.id] ?? place.names.find(([until]) => date < until)?.[1] ?? "";
}

/** What is to be written, in units of the map; `unit` is the size of a screen's point there. */
function asked(base: Base, date: string, renamed: Readonly<Record<string, string>>, unit: number, view: Rect): Asked[] {
  const found: Asked[] = [];
  const close = unit < 1.05; // near enough for small places' names
  const scale = unit > 2.8 ? 0.62 : unit > 1.6 ? 0.8 : unit > 1.15 ? 0.9 : 1;
  for (const area of base.areas) {
    if (!(area.from <= date && date < area.until) || !within(area.at, view)) continue;
    const text = renamed[area.name] ?? area.name;
    const grand = area.kind === "state" || area.kind === "sea";
    if (!text || (!grand && unit > 1.45 && area.kind !== "land")) continue;
    const size = area.size * unit * scale * (grand ? 0.82 : 0.95);
    found.push({ key: `a ${area.name}`, text, at: area.at, size, kind: area.kind, spacing: area.spacing * unit * scale * 0.8, turn: area.turn, weight: area.weight, reach: 0, centred: true, needed: grand });
  }
  for (const place of base.places) {
    if (!within(place.at, view) || (!close && !place.great && place.weight < (unit > 1.5 ? 30 : 12))) continue;
    const text = nameOf(place, date, renamed);
    const size = (place.great ? 12 : 10.5) * unit * (unit > 1.5 ? 0.88 : 1);
    if (text) found.push({ key: place.id, text, at: place.at, size, kind: "place", spacing: 0, turn: 0, weight: place.weight, reach: (place.great ? 6 : 5) * unit + (place.port || place.fortress ? 2 * unit : 0), centred: false, needed: false });
  }
  return found.sort((one, other) => other.weight - one.weight);
}

function choices(name: Asked, view: Rect): Rect[] {
  const wide = widthOf(name.text, name.size, name.spacing);
  const high = 0.98 * name.size;
  const [x, y] = name.at;
  if (name.centred) {
    // A land whose middle is near the edge of the paper keeps its name whole.
    const left = name.turn ? x - wide / 2 : Math.max(view.left + 0.4 * high, Math.min(x - wide / 2, view.right - wide - 0.4 * high));
    return [{ left, top: y - high / 2, right: left + wide, bottom: y + high / 2 }];
  }
  return SIDES.map(([across, down]) => {
    const reach = across && down ? name.reach * 0.75 : name.reach;
    const left = across > 0 ? x + reach : across < 0 ? x - reach - wide : x - wide / 2;
    const top = y - high / 2 + down * (across ? reach * 0.8 + high * 0.25 : reach + high / 2);
    return { left, top, right: left + wide, bottom: top + high };
  });
}

/** Every name that there is room for. `foot` is the height, in points of the screen, of the scale in the lower left corner. */
export function lettered(base: Base, date: string, renamed: Readonly<Record<string, string>>, unit: number, view: Rect, foot: number): Name[] {
  const taken: Rect[] = [{ left: view.left, top: view.bottom - foot * unit, right: view.left + 3.8 * foot * unit, bottom: view.bottom }];
  for (const place of base.places) {
    const reach = (place.great ? 3.4 : 2.4) * unit;
    taken.push({ left: place.at[0] - reach, top: place.at[1] - reach, right: place.at[0] + reach, bottom: place.at[1] + reach });
  }
  const placed: Name[] = [];
  for (const name of asked(base, date, renamed, unit, view)) {
    let best: Rect | null = null;
    let least = Infinity;
    for (const box of choices(name, view)) {
      let cost = 0;
      for (const other of taken) cost += shared(box, other);
      if (!within([box.left, box.top], view) || !within([box.right, box.bottom], view)) cost += (box.right - box.left) * (box.bottom - box.top);
      if (cost < least) { best = box; least = cost; }
      if (cost === 0) break;
    }
    if (!best || (least > 0 && !name.needed)) continue;
    taken.push(best);
    const { at, turn, ...rest } = name;
    const foot = best.bottom - 0.22 * name.size;
    placed.push({ ...rest, x: name.centred ? (best.left + best.right) / 2 : best.left, y: foot, turn: turn ? `rotate(${turn} ${at[0]} ${at[1]})` : "", box: best });
  }
  return placed;
}
