import { type Purpose, type RedemptionOutcome, type ResourceId, type ScanId, uuidV7 } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { useRef, useState } from "react";
import { failureWords } from "../../common/failure-words.ts";

/** Takes a thing or brings it back. What nobody answered is sent again with the same id, so it happens once. */
export function useSelfScan(resourceId: ResourceId) {
  const utils = trpc.useUtils();
  const take = trpc.checkout.selfCheckOut.useMutation();
  const giveBack = trpc.checkout.checkIn.useMutation();
  const wish = useRef<{ purpose: Purpose; scanId: ScanId } | null>(null);
  const [outcome, setOutcome] = useState<RedemptionOutcome | null>(null);
  const [isSentToDesk, setSentToDesk] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const send = async (purpose: Purpose) => {
    if (wish.current?.purpose !== purpose) wish.current = { purpose, scanId: newScanId() };
    const { scanId } = wish.current;
    const { mutateAsync } = purpose === "check_out" ? take : giveBack;
    try {
      const answer = await mutateAsync({ resourceId, scanId });
      wish.current = null;
      setProblem(null);
      if (answer.kind === "not_allowed") setSentToDesk(true);
      else setOutcome(answer);
    } catch (error) {
      setProblem(failureWords(error as Error));
    }
    await Promise.all([utils.checkout.invalidate(), utils.resource.invalidate(), utils.tenant.settings.invalidate()]);
  };

  return {
    send: (purpose: Purpose) => void send(purpose),
    outcome,
    problem,
    isSentToDesk,
    isPending: take.isPending || giveBack.isPending,
  };
}

const newScanId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as ScanId;
