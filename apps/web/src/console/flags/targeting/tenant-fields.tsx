import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { ChoiceList } from "../../controls/choice-list.tsx";
import { Group } from "../../controls/group.tsx";
import { parsePercent } from "../../controls/percent.ts";
import type { TargetingForm } from "./form.ts";
import { TenantPicker } from "./tenant-picker.tsx";
import { words } from "./words.ts";

const choices = [
  { value: "all", label: words.tenantsAll, hint: words.tenantsAllHint },
  { value: "some", label: words.tenantsSome, hint: words.tenantsSomeHint },
];

const isShare = (text: string) => text.trim() === "" || parsePercent(text) !== null || words.percentWrong;

/** All tenants, or chosen ones, or a share of the oldest, or both. */
export function TenantFields() {
  const { register, watch, formState } = useFormContext<TargetingForm>();
  return (
    <Group legend={words.tenants}>
      <ChoiceList {...register("tenants")} choices={choices} />
      {watch("tenants") === "some" && (
        <div className="grid grid-cols-1 gap-5 rounded-control border border-line bg-surface p-4">
          <TenantPicker name="targetTenants" legend={words.chosen} />
          <Field
            {...register("tenantShare", { validate: isShare })}
            label={words.tenantShare}
            hint={words.tenantShareHint}
            inputMode="decimal"
            autoComplete="off"
            error={formState.errors.tenantShare?.message}
          />
        </div>
      )}
    </Group>
  );
}
