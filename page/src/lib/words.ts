/** Numbers in the words and digits that the command line uses. */
export function percent(p: number): string {
  const shown = 100 * p;
  if (p > 0 && shown < 0.1) return "< .1 %";
  if (p < 1 && shown > 99.9) return "> 99.9 %";
  return `${shown < 10 ? shown.toFixed(1) : shown.toFixed(0)} %`;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** 1938-07-31 as "31 July 1938". */
export function inWords(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  if (!year || !month) return date;
  return `${day ? `${day} ` : ""}${MONTHS[month - 1]} ${year}`;
}
