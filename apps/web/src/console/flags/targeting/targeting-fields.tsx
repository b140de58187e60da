import type { FlagKey } from "@tessera/contracts";
import { carriesValues, type FlagConfig } from "@tessera/contracts/flags";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { ChoiceList } from "../../controls/choice-list.tsx";
import { Group } from "../../controls/group.tsx";
import type { TargetingForm } from "./form.ts";
import { MoreFields } from "./more-fields.tsx";
import { NamedFields } from "./named-fields.tsx";
import { NeedsField } from "./needs-field.tsx";
import { ShareFields } from "./share-fields.tsx";
import { TenantFields } from "./tenant-fields.tsx";
import { ValueFields } from "./value-fields.tsx";
import { words } from "./words.ts";

const rollouts = (["everyone", "percentage", "whitelist"] satisfies FlagConfig["rollout"][]).map((value) => {
  return { value, ...words.rollout[value] };
});

/** Everything a person can set of a flag, what is wanted most often first. */
export function TargetingFields({ flagKey }: { flagKey: FlagKey }) {
  const { register, watch } = useFormContext<TargetingForm>();
  return (
    <>
      <div className="rounded-card border border-line bg-surface px-4 py-1.5">
        <CheckBox {...register("enabled")} label={words.enabled} hint={words.enabledHint} />
      </div>
      <Group legend={words.whom}>
        <ChoiceList {...register("rollout")} choices={rollouts} />
        {watch("rollout") === "percentage" && <ShareFields />}
      </Group>
      <TenantFields />
      <div className="grid grid-cols-1 gap-3">
        <NamedFields which="allowed" />
        <NamedFields which="denied" />
      </div>
      <NeedsField flagKey={flagKey} />
      {carriesValues[flagKey] && <ValueFields />}
      <MoreFields />
    </>
  );
}
