import { useQuery } from "@tanstack/react-query";
import type { FlagDecision, FlagKey, FlagRule, ResourceId } from "@tessera/contracts";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { useProvided } from "./connection-context.ts";

/** A flag as a screen needs it. */
export interface FlagState {
  /** The last that was heard; null before the first answer. */
  decision: FlagDecision | null;
  /** False while nothing is known. */
  isOn: boolean;
  isPending: boolean;
}

/**
 * One flag as it is for me, now and after every change. All uses below one `TesseraProvider` are one subscription.
 *
 * @param key Which flag. A flag that the product does not have does not compile.
 * @param about `resourceId`: for this thing. Flags may name things, and the news do not tell of each: it is asked for by itself.
 * @throws Error Outside a `TesseraProvider`.
 */
export function useFlag(key: FlagKey, about: { resourceId?: ResourceId | undefined } = {}): FlagState {
  const { flags } = useProvided("useFlag");
  const general = useSyncExternalStore(
    flags.watch,
    () => flags.known(key),
    () => null,
  );
  const decision = useDecisionAbout(key, about.resourceId, general);
  return { decision, isOn: decision?.value ?? false, isPending: decision === null };
}

/**
 * Hears when any flag is another than before, from the first that is known on.
 *
 * @param onNews The newest function given is the one that is called.
 * @throws Error Outside a `TesseraProvider`.
 */
export function useFlagNews(onNews: () => void): void {
  const { flags } = useProvided("useFlagNews");
  const newest = useRef(onNews);
  useEffect(() => {
    newest.current = onNews;
  });
  useEffect(() => flags.watch(() => newest.current()), [flags]);
}

/** These are asked before anything that may be about a thing: what they say holds for every one. */
const switches: readonly FlagRule[] = ["archived", "killed", "environment", "enabled"];

/** News can be faster than the process that answers: one that was behind is asked once more, when it has had its time. */
const CAUGHT_UP_MS = 2_500;

/** The flag for one thing: its own answer where the general one does not settle it, asked for anew whenever news come. */
function useDecisionAbout(
  key: FlagKey,
  resourceId: ResourceId | undefined,
  general: FlagDecision | null,
): FlagDecision | null {
  const { connection } = useProvided("useFlag");
  const isOwn = resourceId !== undefined && !(general && switches.includes(general.rule));
  const { data: own, refetch } = useQuery({
    queryKey: ["tessera", "flag", key, resourceId],
    queryFn: () => connection.client.flag.evaluate.query({ key, resourceId }),
    enabled: isOwn,
    staleTime: Number.POSITIVE_INFINITY, // until news come
    refetchOnMount: "always", // which nobody listened for meanwhile
    retry: false,
  });

  const before = useRef(general);
  useEffect(() => {
    const isNews = before.current !== null && before.current !== general;
    before.current = general;
    if (isOwn && isNews) void refetch();
  }, [general, isOwn, refetch]);

  const isBehind = isOwn && own !== undefined && general !== null && own.revision < general.revision;
  useEffect(() => {
    if (!isBehind) return;
    const later = setTimeout(() => void refetch(), CAUGHT_UP_MS);
    return () => clearTimeout(later);
  }, [isBehind, refetch]);

  return isOwn ? (own ?? general) : general;
}
