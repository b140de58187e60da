import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";

/** A ramp that pauses changes no flag, so no news tells of it. */
const LOOK_MS = 5_000;

/** A flag's ramp as it stands; null where there is none. */
export const useRamp = (key: FlagKey) =>
  trpc.flag.ramp.get.useQuery(
    { key },
    { refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : 4 * LOOK_MS) },
  );
