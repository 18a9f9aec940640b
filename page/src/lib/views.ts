import type { Component } from "svelte";

/** A view of the studio: its name in the navigation, the first part of its path, and how it is loaded when first shown. */
export interface View {
  name: string;
  path: string;
  says: string;
  load: () => Promise<{ default: Component }>;
}

export const VIEWS: View[] = [
  { name: "Ask", path: "", says: "What follows?", load: () => import("../views/ask/Ask.svelte") },
  { name: "Roads", path: "roads", says: "By which ways?", load: () => import("../views/roads/Roads.svelte") },
  { name: "Search", path: "search", says: "What would it take?", load: () => import("../views/search/Search.svelte") },
  { name: "Hinges", path: "hinges", says: "When was it decided?", load: () => import("../views/hinges/Hinges.svelte") },
  { name: "Explain", path: "explain", says: "Why?", load: () => import("../views/explain/Explain.svelte") },
  { name: "Claims", path: "claims", says: "Is the debate right?", load: () => import("../views/claims/Claims.svelte") },
  { name: "Play", path: "play", says: "What would you do?", load: () => import("../views/play/Play.svelte") },
  { name: "Timeline", path: "timeline", says: "What is it like?", load: () => import("../views/timeline/Timeline.svelte") },
  { name: "Evidence", path: "evidence", says: "Why believe it?", load: () => import("../views/evidence/Evidence.svelte") },
];

/** The view of a path, and what follows its name there (an address, say). */
export function viewOf(path: string): { view: View | undefined; rest: string } {
  const [, first = "", ...rest] = path.split("/");
  return { view: VIEWS.find((one) => one.path === first), rest: rest.join("/") };
}
