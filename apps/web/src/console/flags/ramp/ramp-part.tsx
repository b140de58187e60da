import { ErrorNote } from "../../../common/error-note.tsx";
import { Section } from "../../../common/section.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { Folded } from "../../controls/folded.tsx";
import { Note } from "../../controls/note.tsx";
import { useFlagOfPage } from "../flag-page.tsx";
import { Canaries } from "./canaries.tsx";
import { Cohort } from "./cohort.tsx";
import { PlanRamp } from "./plan-ramp.tsx";
import { RampProgress } from "./ramp-progress.tsx";
import { useRamp } from "./use-ramp.ts";
import { words } from "./words.ts";

/** How the flag gets from nobody to everybody, and who comes first. */
export function RampPart() {
  const { setting } = useFlagOfPage();
  const { key } = setting;
  const ramp = useRamp(key);

  if (ramp.isPending) return <Skeleton className="h-96 rounded-card" label={words.loading} />;
  if (ramp.isError && ramp.data === undefined)
    return <ErrorNote error={ramp.error} onRetry={() => void ramp.refetch()} />;
  return (
    <>
      {ramp.data ? (
        <div className="mb-10 grid grid-cols-1 gap-4">
          <RampProgress ramp={ramp.data} unit={setting.config.unit} />
          <Folded title={words.planAgain} aside={words.planAgainAside}>
            {ramp.data.state === "running" ? (
              <Note>
                <p>{words.planRunning}</p>
              </Note>
            ) : (
              <PlanRamp key={ramp.data.version} flagKey={key} from={ramp.data.steps} />
            )}
          </Folded>
        </div>
      ) : (
        <Section title={words.planTitle}>
          <p className="mb-5 text-ink-soft">{words.planFirst}</p>
          <PlanRamp flagKey={key} />
        </Section>
      )}
      <Cohort flagKey={key} />
      <Canaries flagKey={key} />
    </>
  );
}
