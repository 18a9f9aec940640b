/** The scoreboard in a reader's words. A check or score that stands in no list here is shown by its own name. */
export interface Score {
  check: string;
  name: string;
  value: number | string | null;
  interval: [number, number] | null;
  baseline: number | null;
  bar: number | string | [number, number] | null;
  met: boolean | null;
  again: string;
  model: string;
}

export interface Said {
  title: string;
  says: string;
}

export const CHECKS: Readonly<Record<string, Said>> = {
  forecasts: { title: "Forecasts with the future hidden", says: "Calibrated on the past alone, the rules say what comes next; then the record is looked at. Scores are surprise in nats for each decision: low is good. The baseline is counting how often a thing had happened." },
  campaigns: { title: "Campaigns fought again", says: "Ten campaigns with the forces and orders of the record, and luck free. Does reality fall where the rules expect it? Intervals should hold as often as they say; errors should be smaller than those of a rule of thumb that knows forces and days and no rules." },
  engagements: { title: "Single battles of other wars", says: "Who wins and what it costs, on 256 engagements of 1900 to 1973, each foretold by a model fitted without it. The baseline is a simple model in the same folds. On wars that the table does not hold it does worse." },
  sense: { title: "Do wars make sense?", says: "Free wars of six years beside what a military historian would expect: how far, how fast, at what cost, and nothing that cannot be." },
  sheet: { title: "The sanity sheet", says: "What a historian expects of the rules, line by line, written down before the first run. Nothing is fitted to it." },
  "free-running": { title: "Free running", says: "Luck free from 1931, nothing held: what the rules make of the age, beside judgements and base rates." },
  judgements: { title: "Judgements on single questions", says: "What historians largely agree on, beside what the rules say." },
  divergences: { title: "Do changes do anything?", says: "How many divergences of the catalogue move some outcome or series beyond chance." },
  ensemble: { title: "Is our history one of the rules' histories?", says: "Our history among free timelines: inside their range, and no stranger than they are to each other." },
  predictive: { title: "What happened, among free timelines", says: "Features of the record beside thousands of free timelines. This reuses the record, so passing it is little evidence." },
  posterior: { title: "Calibration", says: "What the record taught the numbers, and whether independent chains of the calibration agree." },
  inference: { title: "The calibration checked on made-up worlds", says: "Worlds whose truth is known, calibrated like our own." },
  disputes: { title: "Disputed figures", says: "Where historians' camps differ over a figure, each camp's figure is put in and the headline answers are asked again." },
  sensitivity: { title: "What the answers hang on", says: "How much of each answer's spread comes from numbers that could be otherwise." },
};

const SCORES: Readonly<Record<string, string>> = {
  "campaigns/coverage_50": "Figures inside the middle half of the timelines (due: one in two)",
  "campaigns/coverage_90": "Figures inside the middle nine tenths (due: nine in ten)",
  "campaigns/log_crps": "Error of amounts and days (log CRPS, low is good)",
  "campaigns/log_crps_unused": "The same, without figures that any number was fitted to",
  "campaigns/log_crps_left_out": "The same, each campaign left out of its own fitting",
  "campaigns/truths_brier": "Won or not: squared error (low is good)",
  "engagements/log_loss": "Who wins: surprise a battle (log loss, low is good)",
  "engagements/auc": "Who wins: the right order (AUC, high is good)",
  "engagements/attacker_rmse": "The attacker's losses: error (low is good)",
  "engagements/defender_rmse": "The defender's losses: error (low is good)",
  "engagements/coverage_50": "Losses inside the middle half (due: one in two)",
  "engagements/coverage_90": "Losses inside the middle nine tenths (due: nine in ten)",
  "posterior/share of priors that lost a tenth of their variance": "Numbers of which the record taught something (a tenth of their spread, or more, is gone)",
  "posterior/largest R-hat": "Largest disagreement of the chains (R-hat; 1 is none)",
  "posterior/fewest effective draws": "Fewest independent draws behind any number (high is good)",
  "disputes/answers that a reading of a disputed figure flips": "Answers that turn on a disputed figure",
  "sensitivity/headline answers that one belief could halve or double": "Headline answers that a single belief could halve or double",
  "forecasts/log-score-next-year": "The next year: the rules' surprise a decision",
  "forecasts/log-score-next-three-years": "The next three years: the rules' surprise a decision",
  "forecasts/calibrated-less-priors-next-year": "The next year: what calibrating on the past changed (below 0 is a gain)",
  "forecasts/calibrated-less-priors-next-three-years": "The next three years: what calibrating changed (below 0 is a gain)",
  "forecasts/cut-offs-better-than-their-best-baseline-next-year": "The next year: years in which the rules beat the best of counting",
  "forecasts/cut-offs-better-than-their-best-baseline-next-three-years": "The next three years: years in which the rules beat the best of counting",
  "ensemble/series-inside-1941": "Main series inside the free timelines' range, luck free from 1941",
  "ensemble/energy-distance-1941": "How strange our history is as a whole, luck free from 1941 (rank; near 1 is strange)",
  "ensemble/series-inside-1931": "The same from 1931: series inside",
  "ensemble/energy-distance-1931": "The same from 1931: how strange as a whole",
};

/** What a score is, in words. */
export function says(score: Score): string {
  const known = SCORES[`${score.check}/${score.name}`];
  if (known) return known;
  if (score.name === "lines met") return "Lines that lie where they were expected";
  const carried = /^(.+): share of variance that parameters alone explain$/.exec(score.name);
  if (carried) return `${plainly(carried[1] ?? "")}: share of its spread that better numbers alone could remove`;
  const smallest = /^(answers by chain, )?smallest p \((.+)\)$/.exec(score.name);
  if (smallest) return `${smallest[1] ? "Do the chains give other answers?" : "Is any feature of the record out of place?"} Smallest p (${plainly(smallest[2] ?? "").toLowerCase()}; low would be bad)`;
  if (score.name.startsWith("inside, ")) return `Features of the record inside the free timelines, ${score.name.slice(8)} (due: 95 %)`;
  const less = /^less-best-baseline \((.*)\)-(next.*)$/.exec(score.name);
  if (less) return `The ${(less[2] ?? "").replaceAll("-", " ")}: less than the best of counting (${(less[1] ?? "").replace("-", " ")}; below 0 is better)`;
  return score.name;
}

/** An id as words: serious_war is "Serious war". */
function plainly(id: string): string {
  const words = id.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Three digits. */
export function figure(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return `${figure(value[0])} to ${figure(value[1])}`;
  return typeof value === "number" ? String(Number(value.toPrecision(3))).replace("-", "−") : String(value);
}

/** Does the interval belong to the value? On some lines it is that of the difference from the baseline. */
export function around(score: Score): boolean {
  return typeof score.value === "number" && score.interval !== null && score.interval[0] <= score.value && score.value <= score.interval[1];
}

/** "43 of 56" as a pair. */
export function counted(value: unknown): [number, number] | null {
  const found = typeof value === "string" ? /^(\d+) of (\d+)$/.exec(value) : null;
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export interface Group {
  check: string;
  said: Said;
  scores: Score[];
  missed: number;
  judged: number;
}

/** By check, those with most misses first; a check's own order inside, misses first. */
export function groups(scores: readonly Score[]): Group[] {
  const found = new Map<string, Score[]>();
  for (const one of scores) found.set(one.check, [...(found.get(one.check) ?? []), one]);
  const rank = (one: Score) => (one.met === false ? 0 : one.met === true ? 1 : 2);
  return [...found]
    .map(([check, those]) => ({
      check, said: CHECKS[check] ?? { title: check, says: "" }, scores: [...those].sort((a, b) => rank(a) - rank(b)),
      missed: those.filter((one) => one.met === false).length, judged: those.filter((one) => one.met !== null).length,
    }))
    .sort((a, b) => b.missed - a.missed || b.judged - a.judged);
}
