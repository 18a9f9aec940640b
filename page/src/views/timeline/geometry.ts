/** Points along an axis, and the shapes that stand on it. */
import type { Base, Point } from "./types";

type Axis = Base["axes"][number];
const BEND = 40; // kilometres over which the direction of an axis is taken

/** A line whose corners carry kilometres: where one of them lies. */
export function along(axis: Axis, km: number): Point {
  const corners = axis.corners;
  const first = corners[0];
  if (!first) return [0, 0];
  if (km <= first[2]) return [first[0], first[1]];
  for (let place = 1; place < corners.length; place++) {
    const [x, y, from] = corners[place - 1]!;
    const [toX, toY, to] = corners[place]!;
    if (km <= to) {
      const share = to === from ? 0 : (km - from) / (to - from);
      return [x + (toX - x) * share, y + (toY - y) * share];
    }
  }
  const last = corners[corners.length - 1]!;
  return [last[0], last[1]];
}

/** Which way an axis runs there, from the Soviet side to the other: a step of one point. */
export function direction(axis: Axis, km: number): Point {
  const [x, y] = along(axis, km - BEND);
  const [toX, toY] = along(axis, km + BEND);
  const length = Math.hypot(toX - x, toY - y) || 1;
  return [(toX - x) / length, (toY - y) / length];
}

/** The axis between two kilometres. */
export function stretch(axis: Axis, first: number, last: number): Point[] {
  const inner = axis.corners.filter((corner) => corner[2] > first && corner[2] < last).map(([x, y]): Point => [x, y]);
  return [along(axis, first), ...inner, along(axis, last)];
}

/** A point moved so far in a direction. */
export function moved(point: Point, way: Point, far: number): Point {
  return [point[0] + way[0] * far, point[1] + way[1] * far];
}

/** The `d` of a line through points. */
export function trace(points: readonly Point[], closed = false): string {
  return `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${closed ? "Z" : ""}`;
}

/** A bowed line across an axis; `bend` says which way its ends are swept back. */
export function bar(at: Point, ahead: Point, half: number, sweep: number, bend: number): Point[] {
  const normal: Point = [-ahead[1], ahead[0]];
  return [-1, -0.66, -0.33, 0, 0.33, 0.66, 1].map((share) => moved(moved(at, normal, share * half), ahead, bend * sweep * share * share));
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The paper that two rectangles share. */
export function shared(one: Rect, other: Rect): number {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

export function within(point: Point, box: Rect, margin = 0): boolean {
  return point[0] >= box.left + margin && point[0] <= box.right - margin && point[1] >= box.top + margin && point[1] <= box.bottom - margin;
}
