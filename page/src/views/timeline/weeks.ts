/** Weeks and dates, and what holds in a week. */
import type { Run } from "./types";

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** The Monday of a week, ISO. */
export function mondayOf(first: string, week: number): string {
  return new Date(Date.parse(first) + week * WEEK).toISOString().slice(0, 10);
}

/** The Sunday that ends a week: the day of which a map speaks. */
export function sundayOf(first: string, week: number): string {
  return new Date(Date.parse(first) + week * WEEK + 6 * DAY).toISOString().slice(0, 10);
}

/** The week that holds a day; kept inside the story. */
export function weekOf(first: string, date: string, weeks: number): number {
  const day = Date.parse(date.length === 10 ? date : date.length === 7 ? `${date}-01` : `${date}-01-01`);
  if (Number.isNaN(day)) return 0;
  return Math.min(Math.max(0, Math.floor((day - Date.parse(first)) / WEEK)), weeks - 1);
}

/** Which of the runs holds in a week: its number, -1 before the first. */
export function runAt(runs: readonly Run<unknown>[], week: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as Run<unknown>)[0] <= week) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What holds in a week. */
export function at<T>(runs: readonly Run<T>[], week: number, otherwise: T): T {
  return runs[runAt(runs, week)]?.[1] ?? otherwise;
}
