/** The shape of an answer, as the server and `allohistory … --json` give it. */
export type Interval = [number, number];

export interface Estimate {
  probability: number | null;
  chance_interval: Interval | null;
  ignorance_interval: Interval | null;
  n: number;
}

export interface SameLuck extends Estimate {
  mechanism_band: Interval | null;
}

export interface Quantile {
  value: number | string | null;
  chance_interval: [number | string | null, number | string | null] | null;
}

export interface Flip {
  variant: string;
  probability: number;
  chance_interval: Interval | null;
  flips: boolean;
}

export interface OutcomeAnswer extends Estimate {
  title: string;
  definition: string;
  kind: "yes" | "which" | "amount" | "day";
  unit?: string;
  baseline: Estimate | null;
  rules_only: Estimate | null;
  fresh_luck: Estimate | null;
  same_luck: SameLuck | null;
  difference: { value: number; chance_interval: Interval } | null;
  when: { q05: string; q50: string; q95: string } | null;
  flips: Flip[];
  options?: Record<string, Estimate>;
  baseline_options?: Record<string, Estimate> | null;
  q05?: Quantile;
  q50?: Quantile;
  q95?: Quantile;
}

export interface HangsOn {
  id: string;
  kind: string;
  effect: string;
  grade: string | null;
}

export interface Link {
  way: string;
  step: string;
  title: string;
  date: string | null;
  probability: number | null;
  given: string;
  n: number;
}

export interface Influence {
  weeks: number[];
  share: number[];
  faded: string | null;
  bound: string;
}

export interface Series {
  title: string;
  unit: string;
  weeks: number[];
  q05: (number | null)[];
  q50: (number | null)[];
  q95: (number | null)[];
  ours: (number | null)[];
}

export interface PodAnswer {
  id: string;
  title: string;
  date: string;
  surprise_bits: number | null;
  judged: { low: number; high: number; because: string } | null;
  applied: number | null;
}

/** What every answer begins with. */
export interface Head {
  format: number;
  command: string;
  scenario: string;
  version: string;
  model: string;
  timelines: number;
  seed: number;
  luck: string | null;
  seconds: number;
  again: string;
  hangs_on: HangsOn[];
  warnings: string[];
}

/** What `ask` answers. Parts that need all timelines are missing while the answer still narrows. */
export interface Answer extends Head {
  restated: string[];
  pods: PodAnswer[];
  surprise_bits: number | null;
  outcomes: Record<string, OutcomeAnswer>;
  chain: Link[];
  influence: Record<string, Influence>;
  series: Record<string, Series>;
  address_example: string[];
}
