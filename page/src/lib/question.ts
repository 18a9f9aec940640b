/** A question as its link holds it: the what-if in the query string. The same keys go to the server as JSON. */
export interface Question {
  pods: string[];
  do: string[];
  ask: string[];
  from?: string;
  luck?: "fresh" | "same";
  given?: string;
  without?: string;
  timelines?: number;
  seed?: number;
}

export function fromQuery(query: URLSearchParams): Question {
  const question: Question = { pods: query.getAll("pod"), do: query.getAll("do"), ask: query.getAll("outcome") };
  for (const key of ["from", "given", "without"] as const) {
    const value = query.get(key);
    if (value) question[key] = value;
  }
  const luck = query.get("luck");
  if (luck === "same" || luck === "fresh") question.luck = luck;
  for (const key of ["timelines", "seed"] as const) {
    const value = Number(query.get(key));
    if (query.get(key) && Number.isInteger(value)) question[key] = value;
  }
  return question;
}

export function toQuery(question: Question): string {
  const query = new URLSearchParams();
  for (const pod of question.pods) query.append("pod", pod);
  for (const change of question.do) query.append("do", change);
  for (const outcome of question.ask) query.append("outcome", outcome);
  for (const key of ["from", "luck", "given", "without", "timelines", "seed"] as const) {
    const value = question[key];
    if (value !== undefined && value !== "") query.set(key, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** The body of a POST: empty keys left out. */
export function toBody(question: Question): Record<string, unknown> {
  const { pods, do: changes, ask, ...rest } = question;
  const body: Record<string, unknown> = { what_if: 1, ...rest };
  if (pods.length) body.pods = pods;
  if (changes.length) body.do = changes;
  if (ask.length) body.ask = ask;
  return body;
}
