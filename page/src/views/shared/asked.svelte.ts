/** A long question as a view holds it: its answer as it narrows, how far it is, and what went wrong. */
import { job, type Ended, type Mistake, type Progress } from "../../lib/api";

export type State = "idle" | "working" | "stopping" | "done" | "stopped" | "failed";

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
  /** Why it stopped, where the reader did not stop it. */
  why = $state("");
  #name = "";
  #close: (() => void) | null = null;
  #key = "";

  /** Ask, unless this very question is being asked or is answered already. */
  ask(kind: string, body: unknown): void {
    const key = `${kind} ${JSON.stringify(body)}`;
    if (key === this.#key && (this.state === "working" || this.state === "done")) return;
    this.leave();
    this.#key = key;
    this.mistake = this.progress = null;
    this.#name = this.why = "";
    const known = kept.get(key) as T | undefined;
    this.answer = known ?? null;
    this.state = known === undefined ? "working" : "done";
    if (known !== undefined) return;
    this.#close = job<T>(kind, body, {
      started: (name) => (this.#name = name),
      progress: (one) => (this.progress = one),
      answer: (one) => (this.answer = one),
      done: (ended) => this.#ended(key, ended),
      failed: (one) => {
        this.mistake = one;
        this.state = "failed";
      },
    });
  }

  #ended(key: string, ended: Ended): void {
    if (this.state !== "working" && this.state !== "stopping") return;
    this.state = ended.state;
    this.why = ended.why ?? "";
    if (ended.state === "stopped") this.#key = "";
    else if (this.answer !== null) keep(key, this.answer);
  }

  /** Nothing is asked any more: an empty question. */
  clear(): void {
    this.leave();
    this.#key = "";
    this.answer = this.progress = this.mistake = null;
    this.state = "idle";
  }

  /** Stop it; what is finished by then becomes its answer, and what has come stays in sight. */
  stop(): void {
    if (this.state !== "working") return;
    if (this.#name) {
      this.state = "stopping";
      void fetch(`/api/v1/jobs/${this.#name}`, { method: "DELETE" });
      return;
    }
    this.leave();
    this.state = "stopped";
    this.#key = "";
  }

  /** The reader goes elsewhere. */
  leave(): void {
    const under = this.state === "working" || this.state === "stopping";
    if (under) this.#close?.();
    this.#close = null;
    if (under) this.state = "idle";
  }
}
