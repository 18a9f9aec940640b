/** One week as shapes on the map: the printed sheet's rules (lines of contact, ground gained, armies behind them). */
import { along, bar, direction, moved, shared, stretch, trace, within, type Rect } from "./geometry";
import type { ArmyNow, Base, Frames, Place, Point, Side } from "./types";
import { at } from "./weeks";

export interface Army {
  key: string;
  side: Side;
  x: number;
  y: number;
  men: string;
  sign: string;
  order: number;
  cutOff: boolean;
  line: string;
  box: Rect;
}

export interface Scene {
  gained: { key: string; side: Side; d: string }[];
  contacts: { key: string; side: Side; d: string; open: boolean }[];
  railheads: { key: string; side: Side; d: string }[];
  armies: Army[];
  landings: { key: string; side: Side; line: string; head: string; state: number; strike: string }[];
}

export const WIDE = 31;
export const HIGH = 15;
const HALF = 24;
const SWEEP = 6.5;
const GAP = 1.6;
const BEHIND = 22;
const LEAST_KM = 3;
const WITHDRAW = 0;
const HOLD = 1;
const FAILED = 3;

/** All that moves, in units of the map; `unit` is the size of a screen's point there. */
export function sceneOf(base: Base, frames: Frames, week: number, unit: number, view: Rect, names: readonly Rect[], hidden: Rect | null): Scene {
  const fronts = at(frames.fronts, week, []);
  const scene: Scene = { gained: [], contacts: [], railheads: [], armies: [], landings: [] };
  const lines = new Map(fronts.map((front) => [front[0], front]));
  for (const [number, open, km, going] of fronts) {
    const axis = base.axes[number];
    if (!axis || !(open || Math.abs(km) >= LEAST_KM)) continue;
    const where = along(axis, km);
    const ahead = direction(axis, km);
    if (Math.abs(km) >= LEAST_KM) scene.gained.push({ key: axis.id, side: km > 0 ? 0 : 1, d: trace(stretch(axis, Math.min(0, km), Math.max(0, km))) });
    const bend = going || km ? -Math.sign(going || km) : 0;
    for (const side of [0, 1] as const) {
      const shift = (side ? GAP : -GAP) * unit;
      scene.contacts.push({ key: `${axis.id} ${side}`, side, d: trace(bar(moved(where, ahead, shift), ahead, HALF * unit, SWEEP * unit, bend)), open: Boolean(open) });
    }
  }
  const taken: Rect[] = [];
  for (const army of at(frames.armies, week, [])) {
    const axis = base.axes[army[0]];
    const front = lines.get(army[0]);
    if (!axis || !front) continue;
    const where = along(axis, front[2]);
    if (front[1]) scene.railheads.push(railhead(axis, army, unit));
    if (!within(where, view) || (hidden && within(where, hidden))) continue;
    const ahead = direction(axis, front[2]);
    const facing: Point = army[1] === 0 ? ahead : [-ahead[0], -ahead[1]];
    scene.armies.push(placed(axis.id, army, where, facing, unit, view, taken, names));
  }
  for (const [number, state] of at(frames.landings, week, [])) {
    const landing = base.landings[number];
    if (landing && within(landing.to, view)) scene.landings.push(arrow(landing, state, unit));
  }
  return scene;
}

/** Room behind the line for an army's sign: straight behind it if that is free, else to a side or farther back. */
function placed(axis: string, army: ArmyNow, where: Point, facing: Point, unit: number, view: Rect, taken: Rect[], names: readonly Rect[]): Army {
  const normal: Point = [-facing[1], facing[0]];
  const [wide, high] = [(WIDE / 2 + 5) * unit, (HIGH / 2 + 3) * unit];
  let best: { at: Point; box: Rect } | null = null;
  let least = Infinity;
  for (const back of [0, 1, 2, 3]) {
    for (const step of [0, 1, -1, 2, -2, 3, -3]) {
      const centre = moved(moved(where, facing, -(BEHIND + back * HIGH) * unit), normal, step * (HIGH + 4) * unit);
      const box = { left: centre[0] - wide, top: centre[1] - high, right: centre[0] + wide, bottom: centre[1] + high };
      const area = 4 * wide * high;
      let cost = (within(centre, view, wide) ? 0 : area) + (0.05 * back + 0.04 * Math.abs(step)) * area;
      for (const other of taken) cost += 2 * shared(box, other);
      for (const name of names) cost += 0.3 * shared(box, name);
      if (cost < least) { least = cost; best = { at: centre, box }; }
    }
  }
  const { at: [x, y], box } = best!;
  taken.push(box);
  const [, side, men, order, , cutOff] = army;
  return {
    key: `${axis} ${side}`, side, x, y, order, cutOff: Boolean(cutOff),
    men: men >= 1 ? men.toFixed(0) : "<1",
    sign: orderSign(facing, order), line: trace([[x, y], where]), box,
  };
}

/** Attack: a full arrow towards the enemy; hold: a bar; withdraw: a hollow arrow the other way. In screen points round (0, 0). */
function orderSign(facing: Point, order: number): string {
  const way: Point = order === WITHDRAW ? [-facing[0], -facing[1]] : facing;
  const across = Math.abs(way[0]) > 1e-9 ? WIDE / 2 / Math.abs(way[0]) : WIDE;
  const up = Math.abs(way[1]) > 1e-9 ? HIGH / 2 / Math.abs(way[1]) : WIDE;
  const foot = moved([0, 0], way, Math.min(across, up) + 0.8);
  const normal: Point = [-way[1], way[0]];
  if (order === HOLD) return trace([moved(foot, normal, -6), moved(foot, normal, 6)]);
  return trace([moved(foot, normal, -5.5), moved(foot, way, 7.5), moved(foot, normal, 5.5)], true);
}

function railhead(axis: Base["axes"][number], army: ArmyNow, unit: number): Scene["railheads"][number] {
  const where = along(axis, army[4]);
  const ahead = direction(axis, army[4]);
  const normal: Point = [-ahead[1], ahead[0]];
  const back = (army[1] === 0 ? -4 : 4) * unit;
  const ends = [moved(where, normal, -5 * unit), moved(where, normal, 5 * unit)] as const;
  return { key: `${axis.id} ${army[1]}`, side: army[1], d: trace([moved(ends[0], ahead, back), ...ends, moved(ends[1], ahead, back)]) };
}

function arrow(landing: Base["landings"][number], state: number, unit: number): Scene["landings"][number] {
  const [fromX, fromY] = landing.from;
  const [toX, toY] = landing.to;
  const length = Math.hypot(toX - fromX, toY - fromY) || 1;
  const way: Point = [(toX - fromX) / length, (toY - fromY) / length];
  const normal: Point = [-way[1], way[0]];
  const start = moved(landing.to, way, -Math.max(length, 40 * unit));
  const end = moved(landing.to, way, -4 * unit);
  const foot = moved(end, way, -12 * unit);
  const middle = moved(foot, way, -12 * unit);
  return {
    key: landing.id, side: landing.side, state,
    line: trace([start, foot]),
    head: trace([moved(foot, normal, 6 * unit), end, moved(foot, normal, -6 * unit)], true),
    strike: state === FAILED ? trace([moved(moved(middle, normal, -5 * unit), way, -5 * unit), moved(moved(middle, normal, 5 * unit), way, 5 * unit)]) : "",
  };
}

/** Who holds a place: as the weeks say, else as the calendar does. */
export function holderAtFirst(place: Place, date: string): number {
  return place.japanese_from && place.japanese_from <= date ? 1 : place.holder;
}

export interface Held {
  place: Place;
  holder: number;
  taken: boolean;
  otherwise: boolean;
}

/** Every place with its holder; `beside` are the other timeline's holders, for marking what differs. */
export function heldBy(base: Base, date: string, holders: Readonly<Record<string, number>>, beside: Readonly<Record<string, number>> | null): Held[] {
  return base.places.map((place) => {
    const first = holderAtFirst(place, date);
    const holder = holders[place.id] ?? first;
    return { place, holder, taken: holder !== first, otherwise: beside !== null && (beside[place.id] ?? first) !== holder };
  });
}
