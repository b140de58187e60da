import type { Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("tenancy");

/** No id of one tenant is ever named to another: not in an answer, not in news, and no tenant takes another's code. */
export function checkTenancy({
  history,
  subscribers,
  records,
}: Pick<Run, "history" | "subscribers" | "records">): Violation[] {
  const found: Violation[] = [];
  const check = (ids: Iterable<string>, tenant: string, where: string) => {
    for (const id of ids) {
      const owner = records.owners.get(id);
      if (owner === undefined || owner === tenant) continue;
      found.push(violation("I8", `Tenant ${tenant} was told of ${id}, which is tenant ${owner}'s, ${where}.`));
    }
  };

  for (const { op, tenant, scan, redemption, mentions = [], return: heard } of history.entries) {
    const ids = redemption ? [...mentions, redemption] : mentions;
    check(new Set(ids), tenant, `in the answer to ${op} ${scan} at ${Math.round(heard)} ms`);
  }
  for (const { name, tenant, events } of subscribers) {
    for (const { seq, entity, mentions = [] } of events) {
      check(new Set([entity, ...mentions]), tenant, `in event ${seq} that ${name} heard`);
    }
  }
  for (const { id, tenant, code } of records.redemptions) {
    check([code], tenant, `by redemption ${id} in its own books`);
  }
  return found;
}
