/** What an answer says, in sentences; and in a form that can be taken along. */
import type { Answer, Estimate, Interval, OutcomeAnswer } from "./answer";
import type { Shown, Table } from "./exporting";
import { amount, inWords, monthOf, percent, percentOrOdds, percentRange, points } from "./words";

/** Does the change move it by more than chance? The sentence that a reader wants first. */
export function verdict(one: OutcomeAnswer): string {
  if (!one.difference || !one.baseline || one.probability === null) return "";
  const [low, high] = one.difference.chance_interval;
  const moved = points(one.difference.value).replace(/^[+−]/, "");
  const span = `${points(low)} to ${points(high)}`;
  if (low > 0) return `The change makes it likelier, by ${moved} points (${span}).`;
  if (high < 0) return `The change makes it less likely, by ${moved} points (${span}).`;
  return `The change makes no difference here that chance would not explain (${span} points).`;
}

/** The first thing to read: one outcome in one sentence. */
export function headline(one: OutcomeAnswer, changed: boolean): string {
  const hundred = (p: number | null) => (p === null ? "–" : p === 0 ? "none of the" : p < 0.01 || p > 0.99 ? `${percentOrOdds(p)} of` : `${Math.round(100 * p)} of 100`);
  if (one.probability === null) return "";
  if (!changed || !one.baseline || one.baseline.probability === null) return `${one.title}: ${hundred(one.probability)} timelines.`;
  return `${one.title}: ${hundred(one.probability)} timelines with your change, ${hundred(one.baseline.probability)} without it.`;
}

/** How far the change moves it, short: points, or that chance would explain it. */
export function moved(one: OutcomeAnswer): { says: string; beyond: boolean } {
  if (!one.difference) return { says: "", beyond: false };
  const [low, high] = one.difference.chance_interval;
  return { says: `${points(one.difference.value)} points`, beyond: low > 0 || high < 0 };
}

/** When it comes, where it comes. */
export function when(one: OutcomeAnswer): string {
  if (!one.when) return "";
  const [early, late] = [monthOf(one.when.q05), monthOf(one.when.q95)];
  return `Where it comes: half by ${inWords(one.when.q50)}, ${early === late ? `nearly all in ${early}` : `nine in ten from ${early} to ${late}`}.`;
}

function apart(a: Interval | null | undefined, b: Interval | null | undefined): boolean {
  return Boolean(a && b && (a[1] < b[0] || b[1] < a[0]));
}

/** The three ways of counting, and whether any two of them differ by more than chance. */
export function threeNumbers(one: OutcomeAnswer): { differ: boolean; rows: { word: "rules only" | "fresh luck" | "same luck"; says: string; estimate: Estimate; band: Interval | null }[] } {
  const rows = [
    { word: "rules only" as const, says: "nothing but the rules, from 1931", estimate: one.rules_only, band: null },
    { word: "fresh luck" as const, says: "our history up to the change, fresh luck after it", estimate: one.fresh_luck, band: null },
    { word: "same luck" as const, says: "our history's own luck after the change, too", estimate: one.same_luck, band: one.same_luck?.mechanism_band ?? null },
  ].flatMap((row) => (row.estimate && row.estimate.probability !== null ? [{ ...row, estimate: row.estimate }] : []));
  const differ = rows.some((a) => rows.some((b) => apart(a.estimate.chance_interval, b.estimate.chance_interval)));
  return { differ, rows };
}

/** An option's id as words: "grown-clash" is a grown clash. */
export function optionWords(id: string): string {
  return id === "none" ? "none" : id.replaceAll("-", " ");
}

export function quantile(value: number | string | null | undefined, unit?: string): string {
  return typeof value === "string" ? inWords(value) : amount(value, unit);
}

function outcomeTable(answer: Answer): Table {
  const head = ["", "with the change", "chance", "ignorance", "without it"];
  const rows: string[][] = [];
  const line = (name: string, one: Estimate, base: Estimate | null | undefined) =>
    rows.push([name, percentOrOdds(one.probability), percentRange(one.chance_interval), percentRange(one.ignorance_interval), base ? percent(base.probability) : "–"]);
  for (const one of Object.values(answer.outcomes)) {
    if (one.kind === "which") {
      for (const [name, option] of Object.entries(one.options ?? {})) line(`${one.title}: ${optionWords(name)}`, option, one.baseline_options?.[name]);
    } else if (one.kind === "amount") {
      rows.push([`${one.title} (middle)`, quantile(one.q50?.value, one.unit), quantile(one.q05?.value, one.unit), quantile(one.q95?.value, one.unit), "–"]);
    } else line(one.title, one, one.baseline);
  }
  return { head, rows };
}

/** The answer as it can be pasted or saved: the question, the table, the chain, what it hangs on, addresses, the command. */
export function shownOf(answer: Answer): Shown {
  const tables = [outcomeTable(answer)];
  if (answer.chain?.length) {
    tables.push({ caption: "Step by step", head: ["way", "step", "probability", "given"], rows: answer.chain.map((one) => [optionWords(one.way || "the change"), one.title, percentOrOdds(one.probability), one.given]) });
  }
  if (answer.hangs_on?.length) {
    tables.push({ caption: "What it hangs on", head: ["what", "effect", "grade"], rows: answer.hangs_on.map((one) => [one.id, one.effect, one.grade ?? ""]) });
  }
  const notes = (answer.restated ?? []).slice(0, 3);
  if (answer.address_example?.length) notes.push(`Timelines that show it: ${answer.address_example.join(", ")}`);
  return { title: (answer.restated?.[0] ?? "What follows?").replace(/ What follows\?$/, ""), words: notes, tables, again: answer.again, data: answer };
}
