/** The server's interface: GET and POST with one error shape, and jobs that are followed as they go. */
export interface Mistake {
  ok: false;
  status: number;
  error: string;
  where: string;
  given: unknown;
  possible: string[];
  closest: string | null;
  see: string | null;
}

export class Failed extends Error {
  constructor(readonly mistake: Mistake) {
    super(mistake.error);
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.ok) return (await answer.json()) as T;
  let mistake: Mistake;
  try {
    mistake = (await answer.json()) as Mistake;
  } catch {
    mistake = { ok: false, status: answer.status, error: "The studio did not answer; is it still running?", where: "", given: null, possible: [], closest: null, see: null };
  }
  throw new Failed(mistake);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return read<T>(await fetch(`/api/v1/${path}`, { signal: signal ?? null }));
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return read<T>(await fetch(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(body), signal: signal ?? null }));
}

export interface Progress {
  what: string;
  done: number;
  of: number;
}

export interface Ended {
  state: "done" | "stopped";
  why?: string;
}

export interface Told<T> {
  /** The job's name, once there is one. */
  started?: (job: string) => void;
  progress?: (progress: Progress) => void;
  answer?: (answer: T) => void;
  /** It has ended: whole (`done`), or stopped with what was finished, and why if nobody here asked for it. */
  done?: (ended: Ended) => void;
  failed?: (mistake: Mistake) => void;
}

/** Ask a long question and hear of it as it goes. Returns a function that stops it. */
export function job<T>(kind: string, body: unknown, told: Told<T>): () => void {
  const starting = new AbortController();
  let stream: EventSource | null = null;
  let name = "";
  const lost: Mistake = { ok: false, status: 0, error: "The studio does not answer; is it still running?", where: "", given: null, possible: [], closest: null, see: null };
  const close = () => stream?.close();
  post<{ job: string }>(kind, body, starting.signal)
    .then((started) => {
      name = started.job;
      if (starting.signal.aborted) return stop();
      told.started?.(name);
      stream = new EventSource(`/api/v1/jobs/${name}/events`);
      stream.addEventListener("progress", (event) => told.progress?.(JSON.parse(event.data) as Progress));
      stream.addEventListener("answer", (event) => told.answer?.(JSON.parse(event.data) as T));
      stream.addEventListener("done", (event) => { close(); told.done?.({ state: "done", ...(JSON.parse(event.data || "{}") as Partial<Ended>) }); });
      stream.addEventListener("error", (event) => {
        close();
        const data = (event as MessageEvent).data as string | undefined;
        told.failed?.(data ? (JSON.parse(data) as Mistake) : lost);
      });
    })
    .catch((error: unknown) => {
      if (starting.signal.aborted) return;
      told.failed?.(error instanceof Failed ? error.mistake : lost);
    });
  function stop(): void {
    starting.abort();
    close();
    if (name) void fetch(`/api/v1/jobs/${name}`, { method: "DELETE" });
  }
  return stop;
}
