/** A week's map in words, for those who do not see it, and for quoting. */
import { inWords } from "../../lib/words";
import type { Base, Frames } from "./types";
import { at, mondayOf } from "./weeks";

const ORDERS = ["withdraw", "hold", "attack"];
const NAMES = ["Soviet", "Japanese"];
const LANDING = ["", "is under way", "has succeeded", "has failed"];

const digits = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 }); // made once: making it is slow

/** Men in thousands as a reader wants them. */
function people(thousands: number): string {
  const men = thousands * 1000;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(men, 1))) - 1);
  return digits.format(Math.round(men / step) * step);
}

/** The week, peace or war, and the figures. */
export function headOf(base: Base, frames: Frames, week: number): string {
  const notes = at(frames.notes, week, []);
  return `Week of ${inWords(mondayOf(base.first, week))}. ${[at(frames.state, week, ""), ...notes].filter(Boolean).join("; ")}.`;
}

/** Each line of contact with the armies on it, and each landing. */
export function linesOf(base: Base, frames: Frames, week: number): string[] {
  const armies = at(frames.armies, week, []);
  const said = at(frames.fronts, week, []).filter(([, open]) => open).map(([axis, , km]) => {
    const where = Math.abs(km) < 3 ? "on the border" : `${Math.round(Math.abs(km))} km past the border, on the ${km > 0 ? "Japanese" : "Soviet"} side`;
    const men = armies.filter((army) => army[0] === axis).map((army) => `${people(army[2])} ${NAMES[army[1]]} soldiers ${ORDERS[army[3]] ?? "hold"}${army[5] ? ", cut off" : ""}`);
    return `${base.axes[axis]?.title ?? ""}: the line stands ${where}${men.length ? `; ${men.join(", ")}` : ""}.`;
  });
  for (const [number, state] of at(frames.landings, week, [])) {
    const landing = base.landings[number];
    if (landing) said.push(`A ${NAMES[landing.side]} landing (${landing.id.replaceAll("-", " ")}) ${LANDING[state] ?? ""}.`);
  }
  const cut = at(frames.cut, week, []).length;
  if (cut) said.push(`${cut} railway ${cut === 1 ? "line is" : "lines are"} cut by the front.`);
  return said;
}
