import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { ErrorNote } from "../../common/error-note.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { Section } from "../../common/section.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { Table } from "../controls/table.tsx";
import { words } from "./words.ts";

/** Every address that is blocked, with a way back. */
export function BlockedList({ everywhere }: { everywhere: boolean }) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const blocked = trpc.security.blockedAddresses.useQuery({ everywhere });
  const lift = trpc.security.unblockAddress.useMutation({
    onSettled: () => utils.security.blockedAddresses.invalidate(),
  });

  return (
    <Section title={words.blocked}>
      {blocked.isError && !blocked.data && <ErrorNote error={blocked.error} onRetry={() => void blocked.refetch()} />}
      {blocked.data?.length === 0 && <p className="text-ink-soft">{words.noneBlocked}</p>}
      {blocked.data && blocked.data.length > 0 && (
        <Table
          caption={words.blocked}
          head={[words.address, words.because, words.since, words.until, words.lift]}
          rows={blocked.data.map(({ address, because, blockedAt, until }) => ({
            key: address,
            cells: [
              address,
              because,
              shortMoment(blockedAt, speech),
              until ? shortMoment(until, speech) : words.forGood,
              <Button
                key="lift"
                aria-label={words.liftOf(address)}
                busy={lift.isPending && lift.variables.address === address}
                onClick={() => lift.mutate({ address, everywhere })}
              >
                {words.lift}
              </Button>,
            ],
          }))}
        />
      )}
      <p role="alert" className="mt-2 text-sm text-no empty:hidden">
        {lift.error && failureWords(lift.error)}
      </p>
    </Section>
  );
}
