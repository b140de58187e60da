import { type JoinTenant, peopleRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { chooseTenant } from "../app/chosen-tenant.ts";
import { failureWords } from "../common/failure-words.ts";

/** Joins, and goes into the tenant. @returns `join`: gives null, or in words why not. */
export function useJoin() {
  const joining = trpc.account.join.useMutation();

  const join = async (how: JoinTenant): Promise<string | null> => {
    try {
      const outcome = await joining.mutateAsync(how);
      if (outcome.kind === "joined") {
        chooseTenant(outcome.slug);
        return null;
      }
      const { say, next } = peopleRefusals[outcome.because];
      return `${say} ${next}`;
    } catch (error) {
      return failureWords(error as Error);
    }
  };
  return { join, isJoining: joining.isPending };
}

/** Loads the page anew, as whoever is signed in now. */
export const goIn = () => window.location.assign("/");
