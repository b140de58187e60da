import { flagRefusals, type MoveRamp, type Ramp } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";

type Move = Pick<MoveRamp, "act" | "step" | "because">;

/** @returns Moves a ramp as it was looked at, and says why not, when it was refused. */
export function useMove({ key, version }: Ramp): (move: Move) => Promise<string | null> {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.flag.ramp.move.useMutation();
  return async (move) => {
    const change = await mutateAsync({ key, version, ...move });
    await utils.flag.invalidate();
    return change.kind === "refused" ? flagRefusals[change.reason] : null;
  };
}
