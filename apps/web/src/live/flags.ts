import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";

/** One flag as it is for me, as a query: for the console's card alone. Screens that depend on a flag use `useFlag` of the SDK. */
export const useFlag = (key: FlagKey) => trpc.flag.evaluate.useQuery({ key });
