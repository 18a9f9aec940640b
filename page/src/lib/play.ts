/** What the server says of a game, and the link that holds one. The game itself is an address; nothing is kept. */
export interface Argument {
  for: boolean;
  text: string;
  weight: string;
}

export interface Option {
  option: string;
  title: string;
  case: string;
  probability: number | null;
  advisers: Argument[];
}

export interface Ours {
  option: string | null;
  words: string;
}

export interface Decision {
  rule: string;
  entity: string | null;
  date: string;
  title: string;
  says: string;
  grave: boolean;
  proposal: boolean;
  weeks: number | null;
  options: Option[];
  what_happened_since: { date: string; text: string }[];
  known: string[];
  ours: Ours;
}

export interface Decided {
  date: string;
  rule: string;
  entity: string | null;
  title: string;
  option: string;
  option_title: string;
  probability: number | null;
  departs: boolean | null;
  ours: Ours;
}

export interface Surprise {
  yours_bits: number;
  decisions: number;
  world_bits: number;
  world_draws: number;
  our_history_bits: number;
  our_history_draws: number;
  words: string;
}

export interface Game {
  actor: string;
  address: string;
  from: string;
  date: string;
  title: string;
  who: string;
  figures: string[];
  decision: Decision | null;
  past: Decided[];
  ended: boolean;
  aside: string | null;
  became: { title: string; text: string }[];
  surprise: Surprise;
}

export interface Actor {
  id: string;
  title: string;
  short: string;
  says: string;
  starts: string;
}

export interface Choose {
  option?: string;
  until?: string;
}

/** What is asked of the server. */
export interface Asked {
  actor: string;
  address?: string;
  from?: string;
  luck?: string;
  seed?: number;
  choose?: Choose;
}

/** The link of a game. */
export function linkOf(game: Game): string {
  const query = new URLSearchParams({ as: game.actor, from: game.from });
  return `/play/${game.address}?${query.toString()}`;
}

/** What a link asks for; null where nobody has been chosen yet. */
export function askedBy(rest: string, query: URLSearchParams): Asked | null {
  const actor = query.get("as");
  if (!actor) return null;
  const asked: Asked = { actor };
  if (rest) asked.address = rest;
  const from = query.get("from");
  if (from) asked.from = from;
  const luck = query.get("luck");
  if (luck && !rest) asked.luck = luck;
  const seed = query.get("seed");
  if (seed && !rest && Number.isInteger(Number(seed))) asked.seed = Number(seed);
  return asked;
}
