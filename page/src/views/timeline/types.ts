/** What the server sends of a timeline and of the map under it. */
export type Point = [number, number];
export type Box = [left: number, top: number, width: number, height: number];
/** [week, what holds from then on], in the order of weeks. */
export type Run<T> = [week: number, value: T];
export type Side = 0 | 1;

interface Dated {
  from: string;
  until: string;
}

export interface Base {
  window: Box;
  views: { id: string; title: string; box: Box }[];
  km_a_point: number;
  first: string;
  weeks: number;
  grid: string[];
  land: string[];
  lakes: string[];
  rivers: { d: string; great: boolean }[];
  borders: (Dated & { d: string })[];
  railways: { id: string; a: string; b: string; d: string; middle: Point; states: [from: string, tracks: number, gauge: string][] }[];
  zones: (Dated & { d: string; side: Side })[];
  places: Place[];
  areas: (Dated & { name: string; at: Point; kind: string; size: number; spacing: number; turn: number; weight: number })[];
  axes: { id: string; title: string; corners: [x: number, y: number, km: number][] }[];
  landings: { id: string; side: Side; from: Point; to: Point }[];
}

export interface Place {
  id: string;
  at: Point;
  great: boolean;
  fortress: boolean;
  port: boolean;
  weight: number;
  holder: number;
  japanese_from: string | null;
  names: [until: string, name: string][];
}

export type FrontNow = [axis: number, open: number, km: number, moved: number];
export type ArmyNow = [axis: number, side: Side, men: number, order: number, railhead: number, cut_off: number, days: number];

export interface Frames {
  address: string;
  ours: string | null;
  weeks: number;
  departs: number | null;
  trouble: string | null;
  fighting: [first: number, last: number][];
  fronts: Run<FrontNow[]>[];
  armies: Run<ArmyNow[]>[];
  landings: Run<[landing: number, state: number][]>[];
  holders: Run<Record<string, number>>[];
  names: Run<Record<string, string>>[];
  cut: Run<string[]>[];
  state: Run<string>[];
  notes: Run<string[]>[];
}

export interface Ground {
  id: string;
  what: string;
  option: string | null;
  facts: { id: string; source: string }[];
}

export interface Sentence {
  text: string;
  ours: string[];
  absent: boolean;
  differs: boolean;
  sources: string[];
  grounds?: Ground[];
}

export interface Entry {
  date: string;
  span: boolean;
  text: string;
  sentences: Sentence[];
}

export interface History {
  address: string;
  title: string;
  about: string[];
  fades: string;
  departs: string | null;
  length: string;
  chapters: { title: string; entries: Entry[] }[];
  closing: { title: string; text: string }[];
  sentences: Sentence[];
}

export interface Serie {
  title: string;
  unit: string;
  type: string;
  group: string;
  entities: [id: string, title: string][];
  values: (number | null)[] | (number | null)[][];
  ours: (number | null)[] | (number | null)[][] | null;
}

export interface AllSeries {
  first: string;
  weeks: number;
  groups: string[];
  series: Record<string, Serie>;
}

export interface Decision {
  date: string;
  text: string;
  rule: string;
  instead: { says: string; change: string }[];
}

export interface Forked {
  address: string;
  identical_before: string;
  first_difference: { date: string; rule: string | null; entity: string | null; variable: string | null } | null;
  outcomes: Record<string, { title: string; unit: string | null; value: unknown; date: string | null; original: { value: unknown; date: string | null } }>;
}
