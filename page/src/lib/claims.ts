/** The arguments of the debate, as the server judges them. */
import type { HangsOn, Interval } from "./answer";
import type { Shown } from "./exporting";
import type { Question } from "./question";
import { amount, percent, percentRange } from "./words";

export interface Part {
  quantity: string;
  value: number | null;
  relation: "<" | ">";
  than: string | number;
  than_value: number | null;
  margin: number;
  probability: number | null;
  verdict: string;
  n: number | null;
  chance_interval: Interval | null;
  ignorance_interval: Interval | null;
  than_interval: Interval | null;
  difference: { value: number; chance_interval: Interval } | null;
  words: string;
  against: string;
}

export interface Claim {
  id: string;
  says: string;
  source: string;
  verdict: string;
  probability: number | null;
  parts: Part[];
  addresses: Record<string, string | null>;
  hangs_on: HangsOn[];
  reading: string;
  narrower: string;
  not_testable: string;
}

/** From the best to the worst, as the page orders and names them. */
export const VERDICTS = ["holds", "mostly holds", "open", "mostly fails", "fails"] as const;

/** The colour of a verdict; anything else is undecided. */
export function tone(verdict: string): "good" | "open" | "poor" {
  return verdict.endsWith("holds") ? "good" : verdict.endsWith("fails") ? "poor" : "open";
}

const isShare = (quantity: string) => /^\s*P\s*\(/.test(quantity);

/** One side's number, as a share or an amount. */
export function number(part: Part, value: number | null): string {
  return isShare(part.quantity) ? percent(value) : amount(value);
}

export function interval(part: Part, pair: Interval | null): string {
  if (!pair) return "";
  return isShare(part.quantity) ? percentRange(pair) : `${amount(pair[0])} to ${amount(pair[1])}`;
}

/** What the part says has to be so: "more than 50 %". */
export function needed(part: Part): string {
  const more = part.relation === ">" ? "more" : "less";
  const margin = part.margin ? ` by at least ${isShare(part.quantity) ? `${(100 * part.margin).toFixed(0)} points` : amount(part.margin)}` : "";
  if (typeof part.than === "number") return `has to be ${more} than ${number(part, part.than)}${margin}`;
  return `has to be ${more}${margin} than ${part.against || "the other"}: ${number(part, part.than_value)}`;
}

/** A quantity taken apart: P(what | given; changes). */
export function quantity(text: string): { what: string; given: string; changes: string[] } | null {
  const match = /^\s*(P|mean|median)\s*\((.*)\)\s*$/s.exec(text);
  if (!match?.[2]) return null;
  const [event = "", changes = ""] = match[2].split(";");
  const [what = "", given = ""] = event.split("|");
  return { what: what.trim(), given: given.trim(), changes: changes.split(/,(?![^[]*\])/).map((one) => one.trim()).filter(Boolean) };
}

/** A claim as a question for the first page: its first part with changes, or else its first part. */
export function question(claim: Claim): Question {
  const sides = claim.parts.flatMap((part) => [part.quantity, ...(typeof part.than === "string" ? [part.than] : [])]).map(quantity).filter((one) => one !== null);
  const chosen = sides.find((one) => one.changes.length) ?? sides[0];
  const asked: Question = { pods: [], do: [], ask: [] };
  if (!chosen) return asked;
  asked.ask = [chosen.what];
  if (chosen.given) asked.given = chosen.given;
  for (const change of chosen.changes) {
    if (/[=]/.test(change)) asked.do.push(change);
    else asked.pods.push(change);
  }
  return asked;
}

/** The claim as one writes one's own: for a what-if file. */
export function asToml(claim: Claim): string {
  const text = (value: string) => JSON.stringify(value);
  const lines = ["what_if = 1", "", "[[claim]]", `id = ${text(`my-${claim.id}`)}`, `says = ${text(claim.says)}`, `source = "me"`];
  for (const part of claim.parts) {
    lines.push("", "[[claim.part]]", `words = ${text(part.words)}`, `quantity = ${text(part.quantity)}`, `relation = ${text(part.relation)}`);
    lines.push(`than = ${typeof part.than === "number" ? part.than : text(part.than)}`);
    if (part.margin) lines.push(`margin = ${part.margin}`);
  }
  return `${lines.join("\n")}\n`;
}

export function shownOf(claims: readonly Claim[], again: string): Shown {
  return {
    title: "The debate, judged",
    words: ["An argument's verdict is the share of a hundred readings of the sources in which it is true."],
    tables: [{ head: ["argument", "verdict", "true in"], rows: claims.map((one) => [one.says, one.verdict, percent(one.probability)]) }],
    again,
    data: claims,
  };
}
