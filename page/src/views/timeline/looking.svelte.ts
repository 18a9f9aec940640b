/** Moving about on a map: drag it, pinch it, turn the wheel with Ctrl held. */
import type { Box } from "./types";

interface Options {
  look: Box;
  pixel: number;
  window: Box;
  moved: ((look: Box) => void) | undefined;
}

const NEAREST = 90; // units of the map across the paper
const FARTHEST = 1.02;

/** A box that keeps inside the map, and neither too near nor too far. */
export function kept([left, top, width, height]: Box, window: Box): Box {
  const shrink = Math.min(1, (window[2] * FARTHEST) / width, (window[3] * FARTHEST) / height);
  const grow = Math.max(1, NEAREST / width);
  const [wide, high] = [width * shrink * grow, height * shrink * grow];
  const [x, y] = [left + (width - wide) / 2, top + (height - high) / 2];
  return [
    Math.min(Math.max(x, window[0]), Math.max(window[0], window[0] + window[2] - wide)),
    Math.min(Math.max(y, window[1]), Math.max(window[1], window[1] + window[3] - high)),
    wide, high,
  ];
}

/** The same, nearer (factor below 1) or farther, round a point of the map. */
export function zoomed([left, top, width, height]: Box, factor: number, window: Box, x = left + width / 2, y = top + height / 2): Box {
  return kept([x - (x - left) * factor, y - (y - top) * factor, width * factor, height * factor], window);
}

export function looking(node: HTMLElement, options: Options): { update: (options: Options) => void; destroy: () => void } {
  let now = options;
  const fingers = new Map<number, { x: number; y: number }>();

  function wheel(event: WheelEvent): void {
    if (!now.moved || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    now.moved(zoomed(now.look, Math.exp(event.deltaY * 0.004), now.window));
  }
  function down(event: PointerEvent): void {
    if (!now.moved || event.button !== 0) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    node.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    const before = fingers.get(event.pointerId);
    if (!before || !now.moved) return;
    const after = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, after);
    const [left, top, width, height] = now.look;
    if (other) {
      const factor = Math.hypot(before.x - other.x, before.y - other.y) / Math.max(1, Math.hypot(after.x - other.x, after.y - other.y));
      now.moved(zoomed(now.look, factor, now.window));
    } else {
      now.moved(kept([left - (after.x - before.x) * now.pixel, top - (after.y - before.y) * now.pixel, width, height], now.window));
    }
  }
  const up = (event: PointerEvent) => void fingers.delete(event.pointerId);
  node.addEventListener("wheel", wheel, { passive: false });
  node.addEventListener("pointerdown", down);
  node.addEventListener("pointermove", move);
  node.addEventListener("pointerup", up);
  node.addEventListener("pointercancel", up);
  return {
    update: (options) => { now = options; },
    destroy: () => {
      node.removeEventListener("wheel", wheel);
      node.removeEventListener("pointerdown", down);
      node.removeEventListener("pointermove", move);
      node.removeEventListener("pointerup", up);
      node.removeEventListener("pointercancel", up);
    },
  };
}
