/** Numbers and dates in the words and digits that the command line uses (results/words.py says the same in Python). */
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** So many decimals; where a number lies exactly between two, the even one, as Python rounds and JavaScript does not. */
export function fixed(value: number, decimals: number): string {
  const between = Math.abs(value * 2 ** (decimals + 1)) % 2 === 1;
  const text = value.toFixed(decimals);
  return between && Number(text.at(-1)) % 2 === 1 ? (value - Math.sign(value) * 1e-6).toFixed(decimals) : text;
}

/** So many significant figures, rounded in the same way. */
export function figures(value: number, many: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const decimals = many - 1 - Math.floor(Math.log10(Math.abs(value)));
  return decimals >= 0 ? Number(fixed(value, Math.min(decimals, 20))) : Number(fixed(value / 10 ** -decimals, 0)) * 10 ** -decimals;
}

/** A share as per cent with as many decimals as its size deserves; a dash where there is none. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return "–";
  const hundred = 100 * share;
  if (hundred === 0 || hundred === 100) return `${hundred} %`;
  if (hundred > 99.95) return "over 99.9 %";
  if (hundred < 0.05) return "under 0.1 %";
  return `${fixed(hundred, hundred < 10 || hundred > 99 ? 1 : 0)} %`;
}

/** Per cent; under one per cent also as "1 in N". */
export function percentOrOdds(share: number | null | undefined): string {
  if (share && share > 0 && share < 0.01) return `${percent(share)} (${oneIn(1 / share)})`;
  return percent(share);
}

/** 11 to 14 %; a dash where there is none. */
export function percentRange(pair: readonly [number, number] | null | undefined): string {
  if (!pair) return "–";
  const [low, high] = [percent(pair[0]), percent(pair[1])];
  return low === high ? low : `${low.replace(/ %$/, "")} to ${high}`;
}

/** A difference of two shares, in percentage points with its sign. */
export function points(value: number): string {
  const hundred = 100 * value;
  const text = fixed(Math.abs(hundred), Math.abs(hundred) < 10 ? 1 : 0);
  if (Number(text) === 0) return "0.0";
  return `${hundred < 0 ? "−" : "+"}${text}`;
}

/** 1 in 230: two figures of a large number, thousands apart. */
export function oneIn(number: number): string {
  if (!Number.isFinite(number) || number > 1e15) return "1 in more than a quadrillion";
  if (number < 10) return `1 in ${fixed(number, 1).replace(/\.0$/, "")}`;
  return `1 in ${thousands(number >= 100 ? figures(number, 2) : number)}`;
}

export function thousands(number: number): string {
  return Number(fixed(number, 0)).toLocaleString("en-GB", { maximumFractionDigits: 0 });
}

/** A quantity with its unit. */
export function amount(value: number | null | undefined, unit?: string | null): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const text = Math.abs(value) >= 1000 ? thousands(value) : String(figures(value, 3));
  return unit ? `${text} ${unit}` : text;
}

/** Surprise in bits. */
export function bits(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : `${fixed(Math.max(value, 0), 1)} bits`;
}

/** Surprise as a chance: 3 bits is 1 in 8, less than a coin toss is said as per cent. */
export function bitsAsChance(value: number | null | undefined): string {
  return typeof value === "number" && value >= 0.05 && value < 1 ? percent(2 ** -value) : bitsAsOdds(value);
}

/** Surprise as odds: 3 bits is 1 in 8. */
export function bitsAsOdds(value: number | null | undefined): string {
  if (value === null || value === undefined) return "outside the rules";
  if (value < 0.05) return "near certain";
  return oneIn(2 ** value);
}

/** 1938-07-31 as "31 July 1938", 1938-07 as "July 1938". */
export function inWords(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  if (!year || !month) return date;
  return `${day ? `${day} ` : ""}${MONTHS[month - 1]} ${year}`;
}

/** July 1938. */
export function monthOf(date: string): string {
  return inWords(date.slice(0, 7));
}

/** a, b and c. */
export function listed(items: readonly string[], last = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}

/** One sentence begun with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
