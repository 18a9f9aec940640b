/** A long question as a view holds it: its answer as it narrows, how far it is, and what went wrong. */
import { job, type Mistake, type Progress } from "../../lib/api";

export type State = "idle" | "working" | "done" | "stopped" | "failed";

/** Whole answers of this visit, by question: coming back to a view asks nothing twice. */
const kept = new Map<string, unknown>();
const MOST_KEPT = 40;

function keep(key: string, answer: unknown): void {
  kept.delete(key);
  kept.set(key, answer);
  const oldest = kept.keys().next().value;
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

export class Asked<T> {
  answer = $state.raw<T | null>(null);
  progress = $state.raw<Progress | null>(null);
  mistake = $state.raw<Mistake | null>(null);
  state = $state<State>("idle");
  #close: (() => void) | null = null;
  #key = "";

  /** Ask, unless this very question is being asked or is answered already. */
  ask(kind: string, body: unknown): void {
    const key = `${kind} ${JSON.stringify(body)}`;
    if (key === this.#key && (this.state === "working" || this.state === "done")) return;
    this.leave();
    this.#key = key;
    this.mistake = this.progress = null;
    const known = kept.get(key) as T | undefined;
    this.answer = known ?? null;
    this.state = known === undefined ? "working" : "done";
    if (known !== undefined) return;
    this.#close = job<T>(kind, body, {
      progress: (one) => (this.progress = one),
      answer: (one) => (this.answer = one),
      done: () => this.#done(key),
      failed: (one) => {
        this.mistake = one;
        this.state = "failed";
      },
    });
  }

  #done(key: string): void {
    if (this.state !== "working") return;
    this.state = "done";
    if (this.answer !== null) keep(key, this.answer);
  }

  /** Nothing is asked any more: an empty question. */
  clear(): void {
    this.leave();
    this.#key = "";
    this.answer = this.progress = this.mistake = null;
    this.state = "idle";
  }

  /** Stop it; what has come stays in sight. */
  stop(): void {
    if (this.state !== "working") return;
    this.leave();
    this.state = "stopped";
    this.#key = "";
  }

  /** The reader goes elsewhere. */
  leave(): void {
    if (this.state === "working") this.#close?.();
    this.#close = null;
    if (this.state === "working") this.state = "idle";
  }
}
