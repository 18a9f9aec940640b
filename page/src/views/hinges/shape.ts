/** The answer of `hinges`, and what is exported of it. */
import type { Head, Interval } from "../../lib/answer";
import type { Shown } from "../../lib/exporting";
import { inWords, percent, percentRange, points } from "../../lib/words";

export interface Week {
  week: number;
  date: string;
  probability: number;
  chance_interval: Interval;
  raw: number;
  n: number;
}

interface Moved {
  before: number;
  before_interval: Interval;
  after: number;
  after_interval: Interval;
  change: number;
  change_interval: Interval;
}

export interface Move extends Moved {
  date: string;
  week: number;
  id: string;
  ids: string[];
  what: string;
}

export interface WholeWeek extends Moved {
  week: number;
  date: string;
}

export interface HingesAnswer extends Head {
  outcome: { id: string; title: string; definition: string };
  our_history: boolean;
  weeks: Week[];
  moves: Move[];
  hinges: WholeWeek[];
  rule: { weeks_tried: number; fresh_timelines: number; false_alarm: number };
  runs: number;
}

/** A named week with the entries that moved it; where no one entry stands out, the week as a whole. */
export interface Hinge {
  week: number;
  date: string;
  whole: WholeWeek;
  parts: Move[];
}

export function hinges(answer: HingesAnswer): Hinge[] {
  return answer.hinges.map((whole) => ({ week: whole.week, date: whole.date, whole, parts: answer.moves.filter((one) => one.week === whole.week) }));
}

/** The curve as a line can be drawn: broken where a named week parts it. */
export function pieces(weeks: readonly Week[], named: ReadonlySet<number>): Week[][] {
  const found: Week[][] = [[]];
  for (const one of weeks) {
    found[found.length - 1]?.push(one);
    if (named.has(one.week)) found.push([]);
  }
  return found.filter((piece) => piece.length > 0);
}

/** The last week worth drawing: nothing moves after it. */
export function settled(weeks: readonly Week[]): number {
  const last = weeks[weeks.length - 1]?.probability ?? 0;
  let place = weeks.length - 1;
  while (place > 0 && Math.abs((weeks[place - 1]?.probability ?? last) - last) < 0.002) place -= 1;
  return place;
}

export function shown(answer: HingesAnswer): Shown {
  const years = answer.weeks.filter((one, place) => place === 0 || one.date.slice(0, 4) !== answer.weeks[place - 1]?.date.slice(0, 4));
  return {
    title: `Hinges: ${answer.outcome.title}`,
    words: [answer.outcome.definition, `In our history it ${answer.our_history ? "came about" : "did not come about"}.`, how(answer)],
    tables: [
      { caption: "What moved it", head: ["date", "what", "before", "after", "points", "90 % chance interval", "record entries"], rows: answer.moves.map((one) => [inWords(one.date), one.what, percent(one.before), percent(one.after), points(one.change), `${points(one.change_interval[0])} to ${points(one.change_interval[1])}`, one.ids.join(" ")]) },
      { caption: "Named weeks as wholes", head: ["week of", "before", "after", "points"], rows: answer.hinges.map((one) => [inWords(one.date), percent(one.before), percent(one.after), points(one.change)]) },
      { caption: "How it stood", head: ["given our history up to", "probability", "90 % chance interval"], rows: years.map((one) => [inWords(one.date), percent(one.probability), percentRange(one.chance_interval)]) },
    ],
    again: answer.again,
    data: answer,
  };
}

/** By what rule the weeks are named. */
export function how(answer: HingesAnswer): string {
  const each = Math.max(...answer.weeks.map((one) => one.n));
  return `Each week: ${each} timelines that share our history up to it and then have luck of their own; ${answer.runs.toLocaleString("en-GB")} runs in all. The line is smoothed over a quarter of a year, never across a named week. The ${answer.rule.weeks_tried} weeks that moved most were tried on ${answer.rule.fresh_timelines.toLocaleString("en-GB")} fresh timelines each; chance would name any week at all in at most ${percent(answer.rule.false_alarm)} of such answers.`;
}

/** A text that ends as a sentence does. */
export function sentence(text: string): string {
  const whole = (text.charAt(0).toUpperCase() + text.slice(1)).replaceAll(".; ", ". ");
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
