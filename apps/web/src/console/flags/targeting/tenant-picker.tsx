import { trpc } from "@tessera/sdk/react";
import { useFormContext } from "react-hook-form";
import { ErrorNote } from "../../../common/error-note.tsx";
import { Skeleton } from "../../../common/skeleton.tsx";
import { CheckBox } from "../../controls/check-box.tsx";
import { TextArea } from "../../controls/text-area.tsx";
import type { TargetingForm } from "./form.ts";
import { idsIn, tenantProblem, withId } from "./id-list.ts";
import { words } from "./words.ts";

interface TenantPickerProps {
  name: "targetTenants" | "denied.tenants";
  legend: string;
}

/** Tenants by name, the fifty most active ones; any other by its id. Both are the same list. */
export function TenantPicker({ name, legend }: TenantPickerProps) {
  const { register, watch, setValue, getFieldState, formState } = useFormContext<TargetingForm>();
  const known = trpc.flag.ramp.canaries.useQuery();
  const text = watch(name);
  const ids = new Set(idsIn(text));
  const choose = (id: string, isIn: boolean) => setValue(name, withId(text, id, isIn), { shouldDirty: true });

  return (
    <fieldset className="grid min-w-0 grid-cols-1 gap-2">
      <legend className="mb-2 text-sm font-semibold">
        {legend}: {ids.size}
      </legend>
      {known.isPending && <Skeleton className="h-24 rounded-control" label={words.loadingTenants} />}
      {known.isError && !known.data && <ErrorNote error={known.error} onRetry={() => void known.refetch()} />}
      {known.data && (
        <div className="grid max-h-72 grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] gap-x-4 overflow-y-auto px-1">
          {known.data.map(({ tenantId, name: tenant }) => (
            <CheckBox
              key={tenantId}
              label={tenant}
              checked={ids.has(tenantId)}
              onChange={({ target }) => choose(tenantId, target.checked)}
            />
          ))}
        </div>
      )}
      <TextArea
        {...register(name, { validate: (typed) => tenantProblem(typed) ?? true })}
        label={words.tenantIds}
        rows={3}
        error={getFieldState(name, formState).error?.message}
      />
    </fieldset>
  );
}
