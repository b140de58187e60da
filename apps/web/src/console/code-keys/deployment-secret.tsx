import { trpc } from "@tessera/sdk/react";
import { shortMoment } from "@tessera/ui";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { words } from "./words.ts";

/** How old the deployment's secret is, which of those before are accepted, and how it is rotated. For operators. */
export function DeploymentSecret() {
  const speech = useSpeech();
  const ages = trpc.key.deployment.useQuery();

  return (
    <Section title={words.secret}>
      {ages.isError && !ages.data && <ErrorNote error={ages.error} onRetry={() => void ages.refetch()} />}
      {ages.data && (
        <div className="grid max-w-2xl grid-cols-1 gap-2">
          <p>{words.secretSince(shortMoment(ages.data.since, speech))}</p>
          {ages.data.acceptedUntil.map((until) => (
            <p key={until}>{words.accepted(shortMoment(until, speech))}</p>
          ))}
          {ages.data.acceptedUntil.length === 0 && <p>{words.noneAccepted}</p>}
          <p className="text-sm text-ink-soft">{words.how}</p>
        </div>
      )}
    </Section>
  );
}
