/** Lists of what the scenario holds, fetched once a visit. */
import { get } from "../../lib/api";

export interface OutcomeItem {
  id: string;
  kind: "yes" | "which" | "amount" | "day";
  title: string;
  definition: string;
  options?: string[];
  unit?: string;
}

export interface PodItem {
  id: string;
  title: string;
  what: string;
  date: string;
  surprise_bits: number | null;
}

export interface EntryItem {
  id: string;
  date: string;
  rule: string;
  what: string;
  why?: string;
  source: string;
  grade: string;
  took: string | number;
  variants?: unknown[];
}

const asked = new Map<string, Promise<unknown>>();

/** The items of a list; asked again after a failure. */
export function items<T>(path: string): Promise<T[]> {
  const known = asked.get(path) as Promise<T[]> | undefined;
  if (known) return known;
  const fresh = get<{ items: T[] }>(path).then((found) => found.items);
  fresh.catch(() => asked.delete(path));
  asked.set(path, fresh);
  return fresh;
}

export const outcomes = () => items<OutcomeItem>("outcomes");
export const pods = () => items<PodItem>("pods");
export const record = () => items<EntryItem>("record");

export interface Choice {
  value: string;
  says: string;
}

/** What can be asked for as true or false: an outcome, or one option of it; in the order of the list. */
export function yesOrNo(list: readonly OutcomeItem[]): Choice[] {
  return list.flatMap((one) => {
    if (one.kind === "yes") return [{ value: one.id, says: one.title }];
    if (one.kind === "which") {
      return (one.options ?? []).filter((option) => option !== "none").map((option) => ({ value: `${one.id}=${option}`, says: `${one.title}: ${option.replaceAll("-", " ")}` }));
    }
    return [];
  });
}
