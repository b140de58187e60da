import type { FlagSubject } from "@tessera/contracts/flags";

export const subjectParts = ["tenant", "user", "device", "resource"] as const;
export type SubjectForm = Record<(typeof subjectParts)[number], string>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isTenantId = (text: string): boolean => UUID.test(text.trim());

/** What an address says for whom to explain. The name is only there to be read. */
export function subjectForm(search: URLSearchParams): SubjectForm {
  const part = (name: string) => search.get(name) ?? "";
  return { tenant: part("tenant"), user: part("user"), device: part("device"), resource: part("resource") };
}

/** @returns null while no tenant is named. */
export function subjectIn(form: SubjectForm): FlagSubject | null {
  if (!isTenantId(form.tenant)) return null;
  const idOf = (text: string) => text.trim() || null;
  const ids = { userId: idOf(form.user), deviceId: idOf(form.device), resourceId: idOf(form.resource) };
  return { tenantId: form.tenant.trim() as FlagSubject["tenantId"], ...ids };
}

/** The address of an explanation: only what is named. */
export const subjectSearch = (form: Partial<SubjectForm> & { name?: string }): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()] as const] : [])),
  );
