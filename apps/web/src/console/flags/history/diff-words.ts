/** What people call the columns that change. */
const names: Record<string, string> = {
  enabled: "Switched on",
  archived: "Archived",
  description: "Description",
  target_tenants: "Chosen tenants",
  tenant_share: "Share of the oldest tenants",
  prerequisites: "Flags it needs",
  age_minutes: "A kiosk believes it for",
  age_after: "After that a kiosk",
  killed_at: "Killed at",
  killed_because: "Killed because",
  killed_by: "Killed by",
  breaker_state: "Breaker",
  breaker_since: "Breaker since",
  breaker_share: "Share of the new try",
  breaker_incident: "Incident",
  "config.rollout": "For whom",
  "config.percentage": "Share",
  "config.unit": "Share of",
  "config.users": "People by name",
  "config.resources": "Things by name",
  "config.devices": "Desks by name",
  "config.camera_enabled": "Camera",
  "config.offline_enabled": "Offline",
  "config.short_urls_enabled": "Short links",
  "config.max_requests_per_session": "Requests in one visit",
  "denied.users": "People kept out",
  "denied.resources": "Things kept out",
  "denied.devices": "Desks kept out",
  "denied.tenants": "Tenants kept out",
};

const values: Record<string, Record<string, string>> = {
  "config.rollout": { everyone: "everybody", whitelist: "lists only", percentage: "a share" },
  "config.unit": { user: "people", device: "desks", tenant: "tenants", resource: "things" },
  age_after: { keep: "keeps the last answer", off: "takes it for off" },
  breaker_state: { closed: "closed", open: "open", half_open: "trying again" },
};

const units: Record<string, string> = {
  "config.percentage": " %",
  tenant_share: " %",
  breaker_share: " %",
  age_minutes: " minutes",
};

/** A column that has no name here yet is shown as the database calls it. */
export const shownName = (path: string): string => names[path] ?? path.replaceAll("_", " ").replaceAll(".", ", ");

export function shownValue(path: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "not set";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return values[path]?.[text] ?? `${moment(shownId(text))}${units[path] ?? ""}`;
}

/** Moments are shown as the database wrote them, without the parts that nobody reads: to the second, in UTC. */
const moment = (text: string): string =>
  text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)$/, "$1 $2 UTC");

/** The end of a UUID tells it from others; its beginning may be a time that it shares with them. */
export const shownId = (id: string): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? `…${id.slice(-12)}` : id;
