const PLACE = "tessera.tenant";

/** The tenant this browser was last asked to be in; undefined: the person's first. */
export function chosenTenant(): string | undefined {
  try {
    return localStorage.getItem(PLACE) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Takes effect when the page is loaded anew: every connection says at its beginning where it belongs. */
export function chooseTenant(slug: string | null): void {
  try {
    if (slug) localStorage.setItem(PLACE, slug);
    else localStorage.removeItem(PLACE);
  } catch {
    // A browser that keeps nothing stays in the person's first tenant.
  }
}
