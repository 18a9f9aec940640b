/** Changes in words, and a question mended where the server found a mistake. */
import type { Mistake } from "./api";
import type { LineEvent, Pod } from "./catalogue";
import type { Question } from "./question";
import { inWords } from "./words";

/** A change as the grammar has it: what is changed, and to what. */
export function parts(change: string): { target: string; value: string } | null {
  const match = /^([^=*+]+)([*+]?=)(.+)$/.exec(change);
  if (!match?.[1] || !match[3]) return null;
  return { target: match[1], value: match[2] === "=" ? match[3] : `${match[2]?.[0] ?? ""}${match[3]}` };
}

/** A change in a sentence: the scenario's own words where it is a choice of an event, else as it is written. */
export function inSentence(change: string, events: readonly LineEvent[]): string {
  const found = parts(change);
  const event = events.find((one) => one.id === found?.target);
  if (!found || !event) return change;
  const name = event.label ?? event.what.replace(/[.!?]$/, "");
  if (found.value === "never") return `It does not happen: ${name} (${inWords(event.date)})`;
  if (/^\d{4}(-\d{2})?(-\d{2})?$/.test(found.value)) return `On ${inWords(found.value)} instead: ${name}`;
  const choice = event.choices.find((one) => one.value === found.value);
  return choice ? `${choice.says.replace(/[.!?]$/, "")} (${inWords(event.date)})` : change;
}

/** The date on which a question's first change acts, to draw it on the line. */
export function firstDate(question: Question, pods: readonly Pod[], events: readonly LineEvent[]): string | null {
  const dates = [
    ...question.pods.map((id) => pods.find((one) => one.id === id)?.date),
    ...question.do.map((change) => events.find((one) => one.id === parts(change)?.target)?.date ?? /@(\d{4}(-\d{2}){0,2})/.exec(change)?.[1]),
    question.from,
  ].filter((one): one is string => Boolean(one));
  return dates.sort()[0] ?? null;
}

/** The question with the wrong word replaced; the same question where the word is not found in it. */
export function mend(question: Question, mistake: Mistake, instead: string): Question {
  const wrong = typeof mistake.given === "string" ? mistake.given : "";
  if (!wrong) return question;
  let done = false;
  const swap = (text: string): string => {
    if (done || !text.includes(wrong)) return text;
    done = true;
    return text.replace(wrong, instead);
  };
  const mended: Question = { ...question, pods: question.pods.map(swap), do: question.do.map(swap), ask: question.ask.map(swap) };
  for (const key of ["given", "without", "from"] as const) {
    const value = question[key];
    if (value !== undefined) mended[key] = swap(value);
  }
  return mended;
}

/** Is anything asked at all? */
export function isAsked(question: Question): boolean {
  return question.pods.length + question.do.length + question.ask.length > 0 || Boolean(question.from);
}

/** The groups of the catalogue that hold a word searched for, the order of dates kept. */
export function searched(pods: readonly Pod[], words: string): Pod[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (pod: Pod) => `${pod.title} ${pod.what} ${pod.id} ${pod.date} ${pod.group ?? ""} ${pod.argued_at ?? ""}`.toLowerCase();
  return pods.filter((pod) => wanted.every((word) => text(pod).includes(word))).sort((a, b) => a.date.localeCompare(b.date));
}
