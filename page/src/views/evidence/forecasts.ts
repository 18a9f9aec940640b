/** What is kept of the forecasts, as the server hands it out. */
export interface Bin {
  low: number;
  high: number;
  n: number;
  weight: number;
  said: number;
  came: number;
  error: number | null;
}

interface Pair {
  log: number;
  brier: number;
}

export interface Line {
  name: string;
  n: number;
  years: number;
  scores: Record<string, Pair>;
  against: Record<string, Pair & { log_error: number | null; brier_error: number | null }>;
}

export interface Table {
  horizon: string;
  says: string;
  overall: Line;
  cut_offs: Line[];
  countries: Line[];
  calibration: Record<string, Bin[]>;
  behind: Line[];
}

export interface Forecasts {
  version: string;
  draws: number;
  drawn_from: string;
  tables: Table[];
}
