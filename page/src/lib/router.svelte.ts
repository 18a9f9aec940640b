/** Where the reader is: the path and the query string. Every view has its own link, and the link is all its state. */
export const here = $state({ path: location.pathname, query: new URLSearchParams(location.search) });

function read(): void {
  here.path = location.pathname;
  here.query = new URLSearchParams(location.search);
}

window.addEventListener("popstate", read);

/** Go to a link of the studio; `replace` for state that should not fill the history (scrubbing). */
export function go(link: string, how: { replace?: boolean } = {}): void {
  if (how.replace) history.replaceState(null, "", link);
  else history.pushState(null, "", link);
  read();
}

/** Clicks on links inside the studio change the view without loading the page anew. Put on the outermost element. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest?.("a");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
  if (link.pathname.startsWith("/api/")) return;
  if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
  window.scrollTo(0, 0);
}
