import { buttonClass } from "@tessera/ui";
import { FormProvider } from "react-hook-form";
import { Link } from "react-router";
import { Note } from "../../controls/note.tsx";
import { flagAddress } from "../flag-address.ts";
import { useFlagOfPage } from "../flag-page.tsx";
import { useRamp } from "../ramp/use-ramp.ts";
import { LeaveDialog } from "./leave-dialog.tsx";
import { MovedOn } from "./moved-on.tsx";
import { Preview } from "./preview.tsx";
import { SaveBox } from "./save-box.tsx";
import { TargetingFields } from "./targeting-fields.tsx";
import { useCanaries } from "./use-canaries.ts";
import { useDraft } from "./use-draft.ts";
import { words } from "./words.ts";

/** Whom the flag is for: the settings, and beside them who would be in. */
export function Targeting() {
  const { setting } = useFlagOfPage();
  return <TargetingOf key={setting.key} />;
}

function TargetingOf() {
  const { setting } = useFlagOfPage();
  const draft = useDraft(setting);
  const ramp = useRamp(setting.key);
  const hasCanaries = useCanaries(draft.form);

  return (
    <FormProvider {...draft.form}>
      <form
        noValidate
        onSubmit={draft.form.handleSubmit(draft.save)}
        className="grid grid-cols-1 items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_21rem]"
      >
        <div className="grid grid-cols-1 gap-8">
          {ramp.data?.state === "running" && (
            <Note tone="wait">
              <p>{words.ramping}</p>
              <Link to={flagAddress(setting.key, "ramp")} className={buttonClass()}>
                {words.toRamp}
              </Link>
            </Note>
          )}
          {hasCanaries && draft.isTouched && (
            <Note>
              <p role="status">{words.canaries}</p>
            </Note>
          )}
          {draft.movedOn && <MovedOn draft={draft} now={setting} />}
          <TargetingFields flagKey={setting.key} />
        </div>
        <div className="grid grid-cols-1 gap-8 lg:sticky lg:top-6">
          <Preview setting={setting} changes={draft.changes} />
          <SaveBox draft={draft} />
        </div>
      </form>
      <LeaveDialog isTouched={draft.isTouched} />
    </FormProvider>
  );
}
